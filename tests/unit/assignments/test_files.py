"""Writing files whole, and one command at a time."""

import pytest

from assignments.files import alone, write_text
from question_bank.errors import CourseError


def test_folders_are_made_as_needed(tmp_path):
    file = tmp_path / "a" / "b" / "file.txt"
    assert write_text(file, "größer\n")
    assert file.read_bytes() == "größer\n".encode()


def test_a_file_that_holds_the_text_already_is_left_alone(tmp_path):
    file = tmp_path / "file.txt"
    write_text(file, "text")
    before = file.stat()
    assert not write_text(file, "text")
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert write_text(file, "another text")
    assert file.read_text() == "another text"


@pytest.mark.parametrize("mode", [0o600, 0o644])
def test_the_mode_is_what_was_asked_for(tmp_path, mode):
    write_text(tmp_path / "file.txt", "text", mode)
    assert (tmp_path / "file.txt").stat().st_mode & 0o777 == mode


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    file = tmp_path / "file.txt"
    write_text(file, "old")

    def full(handle):
        raise OSError("no space left")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="no space left"):
        write_text(file, "new")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_two_commands_cannot_hold_the_lock(tmp_path):
    with (
        alone(tmp_path / "lock"),
        pytest.raises(CourseError, match="another fieldmark is at work"),
        alone(tmp_path / "lock"),
    ):
        pass


def test_the_lock_is_let_go_of(tmp_path):
    for _ in range(2):
        with alone(tmp_path / "lock"):
            pass
