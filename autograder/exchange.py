"""nbgrader's exchange with a notebook of their own for each student.

Released notebooks lie in `outbound/<assignment>/<student>/`. Only that student's account may open the folder; only
the instructor may list who has one. An assignment without notebooks of students' own goes nbgrader's usual way.
"""

from __future__ import annotations

import errno
import os
import pwd
import shutil
import struct
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import (
    ExchangeCollect,
    ExchangeFetchAssignment,
    ExchangeList,
    ExchangeReleaseAssignment,
    ExchangeReleaseFeedback,
    ExchangeSubmit,
)
from nbgrader.utils import get_username
from traitlets import Bool

from assignments.files import odd

MARKER = ".individual"  # says that the folder holds students' folders, to those who may not list it


def _user(step: Any) -> str:
    """Who asks: the account, or JupyterHub's user where all share one; `--student` where it was given."""
    given = str(step.coursedir.student_id)
    return str(get_username()) if given in ("", "*") else given


def _own(step: Any, outbound: str) -> str:
    """The folder that the student's notebooks are in. Fails where the assignment is individual and none is theirs."""
    if not (Path(outbound) / MARKER).exists():
        return outbound
    mine, user = Path(outbound) / _user(step), _user(step)
    if user in (".", "..") or "/" in user or not mine.is_dir():
        step.fail(f"{user}: no {Path(outbound).name} was released to you; are you on the roster? Ask your instructor")
    if not os.access(mine, os.R_OK | os.X_OK):
        step.fail(f"{mine}: is not readable to you ({get_username()})")
    return str(mine)


class ReleaseAssignment(ExchangeReleaseAssignment):  # type: ignore[misc]
    """Releases `release/<student>/<assignment>` to each student."""

    private = Bool(
        True,
        help="Let each student read their own notebook only. Needs an account on this machine for each; set it to "
        "False where all share one, as in containers of a JupyterHub.",
    ).tag(config=True)

    def init_src(self) -> None:
        pattern = self.coursedir.format_path(
            self.coursedir.release_directory, self.coursedir.student_id or "*", self.coursedir.assignment_id
        )
        root = Path(self.coursedir.root)
        self.own = {f.parent.name: f for f in sorted(root.glob(os.path.relpath(pattern, root))) if f.is_dir()}
        self.own.pop(Path(self.coursedir.release_directory).name, None)  # release/<assignment>: everybody's
        if not self.own:
            super().init_src()

    def copy_files(self) -> None:
        if not self.own:
            super().copy_files()
            return
        target = Path(self.dest_path)
        if target.is_dir() and not (target / MARKER).exists():
            self.fail(f"{target}: one notebook for everybody is released there; remove it first")
        new = {s: f for s, f in self.own.items() if self.force or not (target / s).exists()}
        if not new:
            self.fail(f"Destination already exists, add --force to overwrite: {target}")
        target.mkdir(exist_ok=True)
        target.chmod(0o711)
        (target / MARKER).touch()
        absent = [student for student, folder in new.items() if not self._release(folder, target / student)]
        self.log.info("Released as: %s %s, to %d", self.coursedir.course_id, target.name, len(new) - len(absent))
        if absent:
            self.fail(f"no account here, so nothing was released to: {', '.join(absent)}")

    def _release(self, folder: Path, target: Path) -> bool:
        """Copy a student's folder, closed until it is theirs; False where the student has no account here."""
        try:
            uid = pwd.getpwnam(target.name).pw_uid if self.private else -1
        except KeyError:
            return False
        closed = target.with_name(f".{target.name}+new")
        shutil.rmtree(closed, ignore_errors=True)
        closed.mkdir(mode=0o700)
        try:
            self.do_copy(str(folder), str(closed / "files"))
            self.set_perms(str(closed / "files"), fileperms=0o644, dirperms=0o755)
            if self.private:
                self._give(closed / "files", uid)
            shutil.rmtree(target, ignore_errors=True)
            (closed / "files").rename(target)
        finally:
            shutil.rmtree(closed, ignore_errors=True)
        return True

    def _give(self, folder: Path, uid: int) -> None:
        """Let one account open a folder, and nobody else: root gives it away, others use an access control list."""
        if os.geteuid() == 0:
            folder.chmod(0o700)  # a copy of it keeps the mode, and is worked in
            os.chown(folder, uid, -1)
            return
        folder.chmod(0o700)
        try:
            os.setxattr(folder, "system.posix_acl_access", _acl(uid))
        except OSError as error:
            if error.errno != errno.EOPNOTSUPP:
                raise
            self.fail(
                f"{self.root}: has no access control lists, so students could read each other's notebooks; release as "
                "root, or set c.ReleaseAssignment.private = False"
            )


def _acl(uid: int) -> bytes:
    """acl(5), as Linux keeps it: all for the owner; reading for `uid`; nothing for others."""
    nobody = 0xFFFFFFFF
    entries = [(0x01, 7, nobody), (0x02, 5, uid), (0x04, 0, nobody), (0x10, 5, nobody), (0x20, 0, nobody)]
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


class FetchAssignment(ExchangeFetchAssignment):  # type: ignore[misc]
    """Fetches the student's own notebook."""

    def init_src(self) -> None:
        outbound = Path(self.root, self.coursedir.course_id or ".", "outbound", self.coursedir.assignment_id)
        if not (outbound / MARKER).exists():
            super().init_src()
            return
        if not self.authenticator.has_access(self.coursedir.student_id, self.coursedir.course_id):
            self.fail("You do not have access to this course.")
        self.src_path = _own(self, str(outbound))


class List(ExchangeList):  # type: ignore[misc]
    """Lists what was released to the student; to the instructor, everything."""

    assignments: list[str]

    def init_dest(self) -> None:
        super().init_dest()
        if not (self.inbound or self.cached):
            self.assignments = [path for found in self.assignments if (path := self._shown(Path(found)))]

    def _shown(self, outbound: Path) -> str:
        mine = outbound / _user(self)
        if not (outbound / MARKER).exists():
            return str(outbound)
        if mine.is_dir() and os.access(mine, os.R_OK | os.X_OK):
            return str(mine)
        return str(outbound) if os.access(outbound, os.R_OK) else ""

    def parse_assignment(self, assignment: str) -> dict[str, str]:
        folder = Path(assignment)
        individual = (folder.parent / MARKER).exists()
        return dict(super().parse_assignment(str(folder.parent if individual else folder)))


class Submit(ExchangeSubmit):  # type: ignore[misc]
    """Submits; compares with what was released to the student."""

    def init_release(self) -> None:
        outbound = Path(self.root, self.coursedir.course_id or ".", "outbound", self.coursedir.assignment_id)
        if (outbound / MARKER).exists():
            self.release_path = _own(self, str(outbound))
        else:
            super().init_release()


class Collect(ExchangeCollect):  # type: ignore[misc]
    """Collects files and nothing else: a link would be followed to what only the instructor may read."""

    def init_src(self) -> None:
        super().init_src()
        self.src_records: list[Any] = [record for record in self.src_records if self._holds_files_alone(record)]

    def _holds_files_alone(self, record: dict[str, Any]) -> bool:
        folder = Path(self.inbound_path, record["filename"])
        path = folder if folder.is_symlink() or not folder.is_dir() else odd(folder)
        if path:
            self.log.warning("%s: not collected: %r is no file", record["username"], path.name)
        return path is None


class ReleaseFeedback(ExchangeReleaseFeedback):  # type: ignore[misc]
    """Releases feedback on what came through the exchange; what came another way has no place to go to here."""

    def init_src(self) -> None:
        super().init_src()
        root = Path(self.coursedir.root)
        folders = [folder for folder in root.glob(os.path.relpath(self.src_path, root)) if folder.is_dir()]
        without = [f.parent.name for f in folders if not (f / "submission_secret.txt").is_file()]
        if without:
            self.log.warning("Not handed in through the exchange, feedback not released: %s", ", ".join(without))
            listed = [self.coursedir.student_id_exclude, *without]
            self.coursedir.student_id_exclude = ",".join(filter(None, listed))


def switch_on(c: Any) -> None:
    """For `nbgrader_config.py`, the instructor's and the students': `c` is its configuration."""
    c.ExchangeFactory.release_assignment = ReleaseAssignment
    c.ExchangeFactory.fetch_assignment = FetchAssignment
    c.ExchangeFactory.list = List
    c.ExchangeFactory.submit = Submit
    c.ExchangeFactory.collect = Collect
    c.ExchangeFactory.release_feedback = ReleaseFeedback
