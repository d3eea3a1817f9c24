"""Formgrader in a real browser, on a course that `fieldmark grade` has graded: what a person sees and does there."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from nbgrader.api import Gradebook
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support import expected_conditions
from selenium.webdriver.support.ui import WebDriverWait

from assignments.course import Course
from tests.e2e.browser import browser
from tests.e2e.conftest import BIN, run

pytestmark = pytest.mark.slow

PATIENCE = 30  # seconds for the server and for each page
BLUEPRINT = """\
title = "Padding"

[[slots]]
template = "shapes/layer_output"
points = 4

[[slots]]
template = "explain/padding"
points = 3
"""


@contextmanager
def jupyter(course: Course) -> Iterator[str]:
    """The address of a JupyterLab on loopback with nbgrader's formgrader, in the course's folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    extension = "{'nbgrader.server_extensions.formgrader': True}"
    options = ["--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}"]
    options += [
        "--ServerApp.port_retries=0",
        "--IdentityProvider.token=",
        f"--ServerApp.jpserver_extensions={extension}",
    ]
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    environment |= {f"JUPYTER_{what}_DIR": str(course.root / ".jupyter") for what in ("CONFIG", "RUNTIME")}
    command = [sys.executable, "-m", "jupyterlab", *options]
    address = f"http://127.0.0.1:{port}"
    log_file = course.root / ".jupyter.log"
    with log_file.open("w") as log, subprocess.Popen(command, cwd=course.root, env=environment, stderr=log) as server:
        try:
            until = time.monotonic() + PATIENCE
            while True:
                try:
                    urlopen(f"{address}/api").close()
                    break
                except URLError:
                    assert server.poll() is None, log_file.read_text()
                    assert time.monotonic() < until, log_file.read_text()
                    time.sleep(0.1)
            yield address
        finally:
            server.terminate()
            server.wait()


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Three students, graded."""
    folder = tmp_path / "course"
    run(f"fieldmark init {folder}", tmp_path)
    (folder / "roster.csv").write_text("id,first_name,last_name\nann,Ann,A\nbob,Bob,B\ncyd,Cyd,C\n")
    (folder / "blueprints" / "hw1.toml").write_text(BLUEPRINT)
    for command in ("generate", "rehearse", "grade"):
        run(f"fieldmark {command} hw1", folder)
    return Course(folder)


# Formgrader loads MathJax from the internet, and without it stops before it has shown the page.
NO_MATHJAX = "window.MathJax = {Hub: {Config() {}, Queue() {}, Startup: {signal: {Interest() {}}}}};"


def rows(chrome: Chrome, count: int) -> list[list[str]]:
    """The texts of the page's table, once it is filled in; a tick for an icon."""

    def read(_: Chrome) -> list[list[str]]:
        script = """return [...document.querySelectorAll("table tbody tr")].map(row => [...row.cells].map(
            cell => cell.querySelector(".glyphicon-ok") ? "✓" : cell.innerText.trim()))"""
        found: list[list[str]] = chrome.execute_script(script)
        return found if len(found) == count and all(len(line) > 3 for line in found) else []

    return WebDriverWait(chrome, PATIENCE).until(read)


def open_formgrader(chrome: Chrome, address: str) -> None:
    """From JupyterLab's menu, as a person would; on from there inside its tab, which is a page of its own."""
    chrome.get(f"{address}/lab")
    for item, label in ((".lm-MenuBar-item", "Nbgrader"), (".lm-Menu-item", "Formgrader")):

        def shown(c: Chrome, item: str = item, label: str = label) -> WebElement | None:
            found = c.find_elements(By.CSS_SELECTOR, item)
            return next((element for element in found if element.text.strip() == label), None)

        WebDriverWait(chrome, PATIENCE, ignored_exceptions=[StaleElementReferenceException]).until(shown).click()
    frame = (By.CSS_SELECTOR, "iframe[src$='/formgrader']")
    WebDriverWait(chrome, PATIENCE).until(expected_conditions.frame_to_be_available_and_switch_to_it(frame))


def test_what_waits_for_a_person_is_found_marked_and_handed_back(course: Course, tmp_path: Path) -> None:
    with jupyter(course) as address, browser(tmp_path / "profile") as chrome:
        chrome.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": NO_MATHJAX})
        # The assignment, its submissions, and who is done.
        open_formgrader(chrome, address)
        [assignment] = rows(chrome, 1)
        assert assignment[0] == "hw1"
        assert "3" in assignment  # submissions
        chrome.find_element(By.CSS_SELECTOR, "table .num-submissions a").click()
        submissions = {line[1]: line for line in rows(chrome, 3)}
        assert {id: line[3] for id, line in submissions.items()} == dict.fromkeys(
            ("ann", "bob", "cyd"), "needs manual grading"
        )
        assert submissions["ann"][4] == submissions["bob"][4] == "4 / 7"
        cyd = float(submissions["cyd"][4].split(" / ")[0])
        assert 0 < cyd < 4  # a slip

        # Manual grading: in code 4 of 4, in words 0 of 3 as yet.
        chrome.find_element(By.LINK_TEXT, "Manual Grading").click()
        for path in ("gradebook/hw1", "gradebook/hw1/hw1"):  # the assignment, its notebook
            rows(chrome, 1)
            chrome.find_element(By.CSS_SELECTOR, "table tbody a").click()
            WebDriverWait(chrome, PATIENCE).until(lambda c, path=path: place(c).endswith(path))
        books = rows(chrome, 3)
        assert [line[6] for line in books] == ["✓"] * 3  # needs a person
        assert sorted(float(line[2].split(" / ")[0]) for line in books) == [cyd, 4, 4]
        assert {line[4] for line in books} == {"0 / 3"}

        # The best submission: our score and comment, and a box for the words that are to be marked.
        number = next(line[1] for line in books if line[2] == "4 / 7")
        chrome.find_element(By.PARTIAL_LINK_TEXT, number).click()
        score = WebDriverWait(chrome, PATIENCE).until(lambda c: c.find_element(By.ID, "q2_change"))
        auto = WebDriverWait(chrome, PATIENCE).until(lambda c: given(c, "q1"))
        assert auto == "4"
        assert "correct (" in given(chrome, "q1_answer-comment")
        assert "needs_manual_grade" in score.get_attribute("class")
        assert "With padding the last output has" in chrome.find_element(By.TAG_NAME, "body").text
        student = chrome.find_element(By.TAG_NAME, "body").text.split("hw1 · ")[1][:3]
        score.send_keys("2.5", Keys.TAB)
        chrome.find_element(By.ID, "q2_change-comment").send_keys("The zeros?", Keys.TAB)

        def stored(_: Chrome) -> bool:
            with Gradebook(f"sqlite:///{course.gradebook_file}", course.settings.course_id) as found:
                grade = found.find_grade("q2_change", "hw1", "hw1", student)
                comment = found.find_comment("q2_change", "hw1", "hw1", student)
                return (grade.manual_score, comment.manual_comment) == (2.5, "The zeros?")

        WebDriverWait(chrome, PATIENCE).until(stored)
        faults = [entry["message"] for entry in chrome.get_log("browser") if entry["level"] == "SEVERE"]
        assert [fault for fault in faults if "mathjax" not in fault.lower()] == []

        # With formgrader open: marked again, what the person gave is kept, and the student can read it.
        assert "2 answers in words wait for a person" in run("fieldmark grade hw1 --force", course.root)
        assert stored(chrome)
        chrome.get((course.root / "feedback" / student / "hw1" / "hw1.html").as_uri())
        text = chrome.find_element(By.TAG_NAME, "body").text
        assert "6.5 of 7 points" in text
        assert "Marked by a person · 2.5 of 3" in text
        assert "The zeros?" in text
        chrome.get(f"{address}/formgrader/manage_submissions/hw1")
        assert next(line[3:5] for line in rows(chrome, 3) if line[1] == student) == ["graded", "6.5 / 7"]


def given(chrome: Chrome, id: str) -> str:
    """What a box holds, or what it shows while it is empty."""
    box = chrome.find_element(By.ID, id)
    return str(box.get_attribute("value") or box.get_attribute("placeholder") or "")


def place(chrome: Chrome) -> str:
    """The address inside the tab; the browser's own is JupyterLab's."""
    return str(chrome.execute_script("return location.href")).rstrip("/")
