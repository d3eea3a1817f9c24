"""Whose a file of a Canvas or Moodle download is."""

import pytest

from assignments.downloads import Named, named, owner
from assignments.roster import Student

CLASS = [
    Student("al1", "Ada", "Lovelace", "ada@uni.example"),
    Student("gh2", "Grace", "Hopper"),
    Student("jm3", "Jürgen", "Müller-Lüdenscheidt"),
    Student("4711", "Alan", "Turing"),
    Student("k1", "Kim", "Lee"),
    Student("k2", "Kim", "Lee"),
]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("lovelaceada_12345_678910_hw1.ipynb", Named("lovelaceada", "12345", "hw1.ipynb")),
        ("lovelaceada_LATE_12345_678910_hw1.ipynb", Named("lovelaceada", "12345", "hw1.ipynb")),
        ("submissions/lovelaceada_12345_678910_hw1-2.ipynb", Named("lovelaceada", "12345", "hw1.ipynb", 2)),
        ("hopper_1_2_my_own_data.csv", Named("hopper", "1", "my_own_data.csv")),
        ("Ada Lovelace_1234567_assignsubmission_file_/hw1.ipynb", Named("Ada Lovelace", "1234567", "hw1.ipynb")),
        ("Ada Lovelace_1234567_assignsubmission_file_hw1.ipynb", Named("Ada Lovelace", "1234567", "hw1.ipynb")),
        ("all/Ada Lovelace_1_assignsubmission_file_/img/x.png", Named("Ada Lovelace", "1", "img/x.png")),
        ("al1/hw1 (2).ipynb", Named("al1", "", "hw1.ipynb", 2)),
        ("hw1.ipynb", None),
    ],
)
def test_names_are_taken_apart(path, expected):
    assert named(path) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("lovelaceada_12345_678910_hw1.ipynb", "al1"),
        ("mullerludenscheidtjurgen_1_2_hw1.ipynb", "jm3"),
        ("Jürgen Müller-Lüdenscheidt_77_assignsubmission_file_/hw1.ipynb", "jm3"),
        ("turingalan_99_1_hw1.ipynb", "4711"),
        ("someone_4711_1_hw1.ipynb", "4711"),
        ("ada@uni.example/hw1.ipynb", "al1"),
        ("gh2/hw1.ipynb", "gh2"),
        ("leekim_1_2_hw1.ipynb", None),
        ("stranger_1_2_hw1.ipynb", None),
    ],
)
def test_a_name_finds_its_student_or_nobody(path, expected):
    found = owner(named(path), CLASS)
    assert (found and found.id) == expected
