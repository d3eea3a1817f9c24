"""nbgrader's own commands, for an instructor and three students, each with an account of their own."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from autograder import exchange
from tests.e2e.conftest import BIN, make_course

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to be three students in turn"),
]
ACCOUNTS = ["daemon", "games", "nobody"]  # accounts that every Debian has

# Python may lie where only root can read it: nbgrader is loaded first, and runs as the student.
AS_STUDENT = """
import os, pwd, sys
import autograder.exchange
import encodings.idna, rapidfuzz.fuzz
from nbgrader.apps.nbgraderapp import main
who = pwd.getpwnam(sys.argv.pop(1))
os.setgroups([]); os.setgid(who.pw_gid); os.setuid(who.pw_uid)
main()
"""


@pytest.fixture(scope="module")
def place():
    """A folder that others may enter, with a course whose papers are dealt and released."""
    root = Path(tempfile.mkdtemp(prefix="exchange."))
    root.chmod(0o755)
    course = make_course(root / "course", ACCOUNTS)
    course.root.chmod(0o700)
    nbgrader(root, "root", "fieldmark generate hw1")
    config = course.root / "nbgrader_config.py"
    (root / "exchange").mkdir()
    (root / "exchange").chmod(0o777)
    config.write_text(config.read_text() + f"c.Exchange.root = {str(root / 'exchange')!r}\n")
    for account in ACCOUNTS:
        (root / account).mkdir()
        shutil.copy(config, root / account)
        for path in (root / account, root / account / config.name):
            os.chown(path, pwd.getpwnam(account).pw_uid, -1)
    nbgrader(root, "root", "nbgrader release_assignment hw1")
    yield root
    shutil.rmtree(root)


def nbgrader(root, account, command, expect=0):
    """Run a command as an account, in the course or in the student's own folder; what it prints."""
    folder = root / ("course" if account == "root" else account)
    private = {"HOME": str(folder), "JUPYTER_DATA_DIR": str(folder / ".data"), "IPYTHONDIR": str(folder / ".ipython")}
    name, *rest = command.split()
    start = [BIN / name] if account == "root" else [sys.executable, "-c", AS_STUDENT, account]
    done = subprocess.run(
        [*start, *rest],
        cwd=folder,
        env={**os.environ, **private, "USER": account},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == expect, done.stdout
    return done.stdout


def test_three_students_and_an_instructor(place):
    for account in ACCOUNTS:
        assert "hw1" in nbgrader(place, account, "nbgrader list")
        nbgrader(place, account, "nbgrader fetch_assignment hw1")
        fetched = place / account / "hw1" / "hw1.ipynb"
        assert fetched.read_bytes() == (place / "course" / "release" / account / "hw1" / "hw1.ipynb").read_bytes()
        assert "missing" not in nbgrader(place, account, "nbgrader submit hw1")
    assert "already downloaded" in nbgrader(place, account, "nbgrader list")
    told = nbgrader(place, "root", "fieldmark collect hw1 --from-exchange")
    assert told.count("placed") == 3 and "3 files of 3 students, 0 for a person to look at" in told
    for account in ACCOUNTS:
        collected = place / "course" / "submitted" / account / "hw1"
        assert (collected / "hw1.ipynb").read_bytes() == (place / account / "hw1" / "hw1.ipynb").read_bytes()
        assert (collected / "timestamp.txt").is_file()

    # Handed in again: the earlier one is kept. Handed in under another's name: said.
    notebook = place / "games" / "hw1" / "hw1.ipynb"
    first = notebook.read_bytes()
    notebook.write_bytes(first + b"\n")
    nbgrader(place, "games", "nbgrader submit hw1")
    forged = next((place / "exchange").glob("*/inbound/daemon+hw1+*"))
    os.chown(forged, pwd.getpwnam("games").pw_uid, -1)
    told = nbgrader(place, "root", "fieldmark collect hw1 --from-exchange", expect=1)
    assert "games/hw1: games, replaces an earlier one, which is kept" in told
    assert "LOOK: submitted from the account of games" in told
    assert (place / "course" / "submitted" / "games" / "hw1" / "hw1.ipynb").read_bytes() == first + b"\n"
    assert first in [file.read_bytes() for file in (place / "course" / ".fieldmark" / "superseded").rglob("*.ipynb")]

    # A link would be followed to the instructor's copy, with all the keys.
    linked = next((place / "exchange").glob("*/inbound/nobody+hw1+*"))
    newer = linked.with_name(linked.name.replace("nobody+hw1+20", "nobody+hw1+21"))
    shutil.copytree(linked, newer)
    (newer / "hw1.ipynb").unlink()
    (newer / "hw1.ipynb").symlink_to(place / "course" / "instructor" / "hw1" / "nobody.ipynb")
    told = nbgrader(place, "root", "fieldmark collect hw1 --from-exchange", expect=1)
    assert "nobody/hw1: LOOK: not collected: 'hw1.ipynb' is no file" in told
    assert (place / "course" / "submitted" / "nobody" / "hw1" / "hw1.ipynb").read_bytes() == (
        place / "nobody" / "hw1" / "hw1.ipynb"
    ).read_bytes()

    nbgrader(place, "root", "fieldmark grade hw1 --jobs 2")
    nbgrader(place, "root", "nbgrader release_feedback hw1")
    nbgrader(place, "games", "nbgrader fetch_feedback hw1")
    (page,) = (place / "games" / "hw1" / "feedback").glob("*/hw1.html")
    assert page.read_bytes() == (place / "course" / "feedback" / "games" / "hw1" / "hw1.html").read_bytes()


def test_a_student_reads_no_other_students_paper_nor_who_has_one(place):
    outbound = place / "exchange" / "course" / "outbound" / "hw1"
    assert sorted(f.name for f in outbound.iterdir() if f.is_dir()) == ACCOUNTS
    for file in (outbound, outbound / "games", outbound / "games" / "hw1.ipynb"):
        reading = ["ls" if file.suffix == "" else "cat", file]
        done = subprocess.run(reading, user="daemon", group="daemon", extra_groups=[], capture_output=True, text=True)
        assert "Permission denied" in done.stderr
    shutil.rmtree(place / "daemon" / "hw1", ignore_errors=True)
    said = nbgrader(place, "daemon", "nbgrader fetch_assignment hw1 --student=games", expect=1)
    assert "is not readable to you (daemon)" in said


def test_who_is_not_on_the_roster_is_told_so(place):
    (place / "mail").mkdir(exist_ok=True)
    shutil.copy(place / "course" / "nbgrader_config.py", place / "mail")
    os.chown(place / "mail", pwd.getpwnam("mail").pw_uid, -1)
    assert "hw1" not in nbgrader(place, "mail", "nbgrader list").replace(str(place), "")
    said = nbgrader(place, "mail", "nbgrader fetch_assignment hw1", expect=1)
    assert "mail: no hw1 was released to you; are you on the roster?" in said


def test_releasing_again_serves_who_enrolled_late_and_leaves_the_others(place):
    said = nbgrader(place, "root", "nbgrader release_assignment hw1", expect=1)
    assert "add --force" in said
    late = place / "course" / "release" / "bin" / "hw1"
    shutil.copytree(place / "course" / "release" / "games" / "hw1", late)
    said = nbgrader(place, "root", "nbgrader release_assignment hw1")
    assert "Released as: course hw1, to 1" in said
    shutil.rmtree(late.parent)
    shutil.rmtree(place / "exchange" / "course" / "outbound" / "hw1" / "bin")


def test_an_instructor_who_is_not_root_opens_a_folder_to_one_account():
    folder = Path(tempfile.mkdtemp(prefix="acl."))
    (folder / "hw1.ipynb").write_text("{}")
    try:
        os.setxattr(folder, "system.posix_acl_access", exchange._acl(pwd.getpwnam("games").pw_uid))
    except OSError as error:
        pytest.skip(f"no access control lists in {folder.parent}: {error}")
    for account, status in {"games": 0, "daemon": 1}.items():
        reading = ["cat", folder / "hw1.ipynb"]
        done = subprocess.run(reading, user=account, group=account, extra_groups=[], capture_output=True)
        assert done.returncode == status
    shutil.rmtree(folder)
