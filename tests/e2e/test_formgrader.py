"""Formgrader in a real browser, on a course that Fieldmark has graded."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from assignments.course import Course
from autograder import gradebook
from tests.e2e.browser import browser
from tests.e2e.conftest import BIN, STUDENTS, copy_of, run

pytestmark = pytest.mark.slow
TOKEN = "walk"


@contextmanager
def jupyter(course: Course, home: Path) -> Iterator[str]:
    """JupyterLab on loopback, in the course's folder; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [f"--ServerApp.port={port}", f"--IdentityProvider.token={TOKEN}", "--ServerApp.ip=127.0.0.1"]
    options += ["--no-browser", "--allow-root", f"--ServerApp.root_dir={course.root}"]
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "HOME": str(home)}
    log = (home / "jupyter.log").open("w")
    process = subprocess.Popen(
        [str(BIN / "jupyter-lab"), *options], cwd=course.root, env=environment, stdout=log, stderr=subprocess.STDOUT
    )
    address, end = f"http://127.0.0.1:{port}", time.monotonic() + 60
    try:
        while True:
            try:
                with urllib.request.urlopen(f"{address}/api/status?token={TOKEN}"):
                    break
            except OSError:
                assert process.poll() is None, (home / "jupyter.log").read_text()[-2000:]
                assert time.monotonic() < end, (home / "jupyter.log").read_text()[-2000:]
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)
        log.close()


def rows(chrome: Chrome, count: int) -> list[str]:
    """The texts of the table's rows, once there are so many."""

    def found(driver: Chrome) -> list[str]:
        texts = [row.text for row in driver.find_elements(By.CSS_SELECTOR, "tbody tr")]
        return texts if len(texts) >= count and not any("Loading" in text for text in texts) else []

    return WebDriverWait(chrome, 30).until(found)


def test_a_graded_class_is_walked_through(graded: Course, tmp_path: Path) -> None:
    course = copy_of(graded, tmp_path / "course")
    lost, known = STUDENTS["hands in nothing"], STUDENTS["slips once"]
    course.notebook_file("submitted", lost, "hw1").write_bytes(b"\x00 no notebook at all")
    run(f"fieldmark grade hw1 --student {lost}", course.root, expect=1)
    scores = gradebook.scores(course, "hw1")
    (tmp_path / "home").mkdir()
    with browser(tmp_path / "profile") as chrome, jupyter(course, tmp_path / "home") as address:
        chrome.get(f"{address}/formgrader/manage_assignments?token={TOKEN}")
        [assignment] = rows(chrome, 1)
        assert "hw1" in assignment
        assert str(len(STUDENTS)) in assignment.split()  # submissions

        chrome.get(f"{address}/formgrader/manage_submissions/hw1")
        listed = rows(chrome, len(STUDENTS))
        for student, row in scores.items():
            [line] = [text for text in listed if student in text]
            assert f"{row['score']:g} / {row['max_score']:g}" in line, line
            assert ("needs manual grading" in line) == (student == lost), line

        chrome.get(f"{address}/formgrader/gradebook/hw1/hw1")
        rows(chrome, len(STUDENTS))
        [link] = [a for a in chrome.find_elements(By.CSS_SELECTOR, "tbody a") if "Submission" in a.text][:1]
        link.click()
        WebDriverWait(chrome, 30).until(lambda driver: "/formgrader/submissions/" in driver.current_url)
        WebDriverWait(chrome, 30).until(lambda driver: driver.find_elements(By.CSS_SELECTOR, "input.score"))
        fields = chrome.find_elements(By.CSS_SELECTOR, "input.score")
        assert len(fields) == len(course.blueprint("hw1").slots)

        chrome.get(f"{address}/files/feedback/{known}/hw1/hw1.html?token={TOKEN}")
        assert f"{scores[known]['score']:g} of" in chrome.find_element(By.TAG_NAME, "body").text
