"""The pages that people open, opened in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from selenium.webdriver.common.by import By

from tests.e2e.browser import browser
from tests.e2e.conftest import run

pytestmark = pytest.mark.slow


def test_the_button_shows_the_next_variant(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    run(f"fieldmark bank show pooling/by_hand --seed 7 --html --to {page}", tmp_path)
    with browser(tmp_path / "profile") as chrome:
        chrome.get(page.as_uri())

        def shown() -> tuple[str, str]:
            [section] = [s for s in chrome.find_elements(By.CLASS_NAME, "variant") if s.is_displayed()]
            return chrome.find_element(By.ID, "seed").text, section.text

        seed, first = shown()
        assert seed == "7"
        assert "Worked solution" in first
        chrome.find_element(By.ID, "next").click()
        seed, second = shown()
        assert seed == "8"
        assert second != first
        chrome.find_element(By.ID, "previous").click()
        chrome.find_element(By.ID, "previous").click()
        assert shown()[0] == "26"  # the last of twenty
        assert chrome.find_elements(By.TAG_NAME, "math")
        assert chrome.get_log("browser") == []
    assert "Worked solution" in run("fieldmark bank show pooling/by_hand --seed 8", tmp_path)
