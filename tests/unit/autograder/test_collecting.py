"""What a learning management system downloads is placed, and nothing is lost."""

import stat
import zipfile

import pytest
from typer.testing import CliRunner

from assignments import packing, release
from autograder import archive, collecting
from autograder.cli import main
from question_bank.errors import CourseError, SubmissionError

ROSTER = "id,first_name,last_name,email\nal1,Ada,Lovelace,\ngh2,Grace,Hopper,\nx3,,,\n"


@pytest.fixture
def dealt(course):
    course.roster_file.write_text(ROSTER, encoding="utf-8")
    release.generate(course, course.blueprint("hw"))
    return course


def paper(course, student):
    return course.notebook_file("release", student, "hw").read_bytes()


def zipped(tmp_path, files, name="download.zip"):
    with zipfile.ZipFile(tmp_path / name, "w") as target:
        for path, data in files.items():
            target.writestr(path, data)
    return tmp_path / name


def collect(course, tmp_path, files):
    return {item.path: item for item in collecting.collect(course, "hw", zipped(tmp_path, files))}


def kept(course, where):
    return sorted(f.read_bytes() for f in (course.private / where).rglob("*") if f.is_file())


def test_notebooks_and_what_lies_beside_them_are_placed_and_again_is_the_same(dealt, tmp_path):
    files = {
        "lovelaceada_LATE_1_2_hw.ipynb": paper(dealt, "al1"),
        "lovelaceada_1_3_data.csv": b"1,2",
        "Grace Hopper_7_assignsubmission_file_/hw.ipynb": paper(dealt, "gh2"),
    }
    assert not any(item.flag for item in collect(dealt, tmp_path, files).values())
    assert dealt.notebook_file("submitted", "gh2", "hw").read_bytes() == paper(dealt, "gh2")
    assert (dealt.step_folder("submitted", "al1", "hw") / "data.csv").read_bytes() == b"1,2"
    again = collect(dealt, tmp_path, files)
    assert again["lovelaceada_LATE_1_2_hw.ipynb"].what == "is there already"
    assert kept(dealt, "superseded") == []


def test_a_newer_one_replaces_an_earlier_one_which_is_kept_with_its_time(dealt, tmp_path):
    first, second = paper(dealt, "al1"), paper(dealt, "al1") + b" "
    collect(dealt, tmp_path, {"lovelaceada_1_2_hw.ipynb": first})
    time = dealt.step_folder("submitted", "al1", "hw") / "timestamp.txt"
    time.write_text("2026-01-01 00:00:00 UTC")
    collect(dealt, tmp_path, {"lovelaceada_1_2_hw.ipynb": first, "lovelaceada_1_4_hw-1.ipynb": second})
    assert dealt.notebook_file("submitted", "al1", "hw").read_bytes() == second
    assert not time.exists()
    assert kept(dealt, "superseded") == sorted([b"2026-01-01 00:00:00 UTC", first])
    old = collect(dealt, tmp_path, {"lovelaceada_1_2_hw.ipynb": first})
    assert old["lovelaceada_1_2_hw.ipynb"].what == "older than what is there"
    assert dealt.notebook_file("submitted", "al1", "hw").read_bytes() == second


def test_a_notebook_that_names_its_student_is_believed_of_one_account(dealt, tmp_path):
    placed = collect(dealt, tmp_path, {"unknownperson_5_6_hw.ipynb": paper(dealt, "x3")})
    assert placed["unknownperson_5_6_hw.ipynb"].student == "x3"
    other = collect(dealt, tmp_path, {"thief_8_9_hw.ipynb": paper(dealt, "x3") + b" "})
    assert "another account" in other["thief_8_9_hw.ipynb"].flag
    assert dealt.notebook_file("submitted", "x3", "hw").read_bytes() == paper(dealt, "x3")
    assert kept(dealt, "unplaced") == [paper(dealt, "x3") + b" "]


def test_a_claim_with_another_students_questions_is_not_believed(dealt, tmp_path):
    forged = paper(dealt, "gh2").replace(b'"student": "gh2"', b'"student": "x3"')
    assert forged != paper(dealt, "gh2")
    assert collect(dealt, tmp_path, {"unknown_5_6_hw.ipynb": forged})["unknown_5_6_hw.ipynb"].flag
    assert not dealt.notebook_file("submitted", "x3", "hw").exists()


def test_another_students_notebook_is_flagged_and_replaces_nothing(dealt, tmp_path):
    files = {"lovelaceada_1_2_hw.ipynb": paper(dealt, "gh2")}
    found = collect(dealt, tmp_path, files)["lovelaceada_1_2_hw.ipynb"]
    assert (found.student, "gh2" in found.flag) == ("al1", True)
    collect(dealt, tmp_path, {"lovelaceada_1_2_hw.ipynb": paper(dealt, "al1")})
    collect(dealt, tmp_path, files)
    assert dealt.notebook_file("submitted", "al1", "hw").read_bytes() == paper(dealt, "al1")
    assert paper(dealt, "gh2") in kept(dealt, "unplaced") + kept(dealt, "superseded")


@pytest.mark.parametrize("name", ["../../evil.ipynb", "/etc/evil", "al1/../gh2/hw.ipynb", "al1/.bashrc", "al1/C:x"])
def test_paths_that_leave_the_folder_are_refused(dealt, tmp_path, name):
    (found,) = collect(dealt, tmp_path, {name: b"{}"}).values()
    assert found.flag.startswith("refused")
    assert not list((dealt.root / "submitted").iterdir())


def test_links_bombs_and_times_of_students_own_are_refused(dealt, tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MAX_FILE", 1000)
    link = zipfile.ZipInfo("al1/link.ipynb")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    files = {link: "/etc/passwd", "al1/bomb.txt": b"0" * 1001, "al1/timestamp.txt": b"1999-01-01 00:00:00 UTC"}
    assert all(item.flag for item in collect(dealt, tmp_path, files).values())
    assert not list((dealt.root / "submitted").iterdir())
    folder = tmp_path / "folder" / "al1"
    folder.mkdir(parents=True)
    (folder / "hw.ipynb").symlink_to("/etc/passwd")
    assert [item.flag for item in collecting.collect(dealt, "hw", folder.parent)] == ["refused: is a link"]


def test_a_download_that_is_none_is_an_error(dealt, tmp_path):
    (tmp_path / "x.zip").write_bytes(b"no zip")
    for file in ("x.zip", "missing.zip"):
        with pytest.raises(SubmissionError, match=file):
            collecting.collect(dealt, "hw", tmp_path / file)


def test_a_zip_that_would_fill_the_disk_is_refused_whole(dealt, tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MAX_TOTAL", 1000)
    with pytest.raises(SubmissionError, match=r"download.zip: expected at most"):
        collect(dealt, tmp_path, {"al1/a": b"0" * 600, "al1/b": b"0" * 600})


def test_the_command_says_what_a_person_has_to_look_at(dealt, tmp_path):
    download = zipped(tmp_path, {"al1/hw.ipynb": paper(dealt, "al1"), "who_1_2_notes.txt": b""})
    done = CliRunner().invoke(main.app, ["collect", "hw", str(download), "--course", str(dealt.root)])
    assert done.exit_code == 1
    assert "al1/hw.ipynb: al1, placed" in done.output
    assert "who_1_2_notes.txt: LOOK: nobody on the roster" in done.output
    assert "2 files of 1 students, 1 for a person to look at" in done.output


def test_packed_zips_are_the_same_each_time_and_come_back(dealt, tmp_path):
    files = packing.pack(dealt, "hw", tmp_path / "out")
    before = [file.read_bytes() for file in files]
    for file in (dealt.root / "release").rglob("*.ipynb"):
        file.touch()
    packing.pack(dealt, "hw", tmp_path / "again")
    assert [(tmp_path / "again" / file.name).read_bytes() for file in files] == before
    index = (tmp_path / "out" / "index.csv").read_text().splitlines()
    assert index[:2] == ["student,file,first_name,last_name,email", "al1,al1_hw.zip,Ada,Lovelace,"]
    with zipfile.ZipFile(files[0]) as opened:
        assert opened.read("hw/hw.ipynb") == paper(dealt, "al1")
    dealt.roster_file.write_text(ROSTER + "late4,,,\n")
    with pytest.raises(CourseError, match="nothing of hw for late4"):
        packing.pack(dealt, "hw", tmp_path / "none")


def test_collect_takes_a_download_or_the_exchange_and_not_both(dealt, tmp_path):
    for more in ([], [str(tmp_path), "--from-exchange"]):
        done = CliRunner().invoke(main.app, ["collect", "hw", *more, "--course", str(dealt.root)])
        assert done.exit_code == 2 and "--from-exchange" in done.output


def test_an_exchange_that_cannot_be_read_is_told_in_nbgraders_words(dealt):
    config = dealt.root / "nbgrader_config.py"
    config.write_text(config.read_text() + f"c.Exchange.root = {str(dealt.root / 'nowhere')!r}\n")
    with pytest.raises(CourseError, match=r"nbgrader collect hw: .*nowhere"):
        collecting.from_exchange(dealt, "hw")
