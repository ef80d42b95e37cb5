"""Which browser is used, and which requests it is to answer."""

import subprocess
import sys
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse
from scrapy.settings import Settings

from guancha import rendering
from guancha.exceptions import ArgumentError, BrowserError


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without a browser."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("PLAYWRIGHT_BROWSERS_PATH", raising=False)
    return tmp_path


def program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n", "utf-8")
    path.chmod(0o755)
    return path


def test_the_one_named_comes_first(bare: Path) -> None:
    named = program(bare / "mine")
    program(bare / "bin/chromium")

    assert rendering.find(Settings({"BROWSER": str(named)})) == named


def test_then_the_lightest_on_the_path_then_playwrights(bare: Path) -> None:
    assert rendering.find(Settings()) is None
    own = program(bare / ".cache/ms-playwright/chromium-1200/chrome-linux/chrome")
    assert rendering.find(Settings()) == own
    stable = program(bare / "bin/google-chrome-stable")
    assert rendering.find(Settings()) == stable
    shell = program(bare / "bin/chromium-headless-shell")
    assert rendering.find(Settings({"BROWSER": ""})) == shell


@pytest.mark.parametrize("is_there", [True, False])
def test_one_named_that_can_not_be_run_is_an_error(bare: Path, is_there: bool) -> None:
    program(bare / "bin/chromium")
    named = bare / "mine"
    if is_there:
        named.touch(0o644)

    with pytest.raises(BrowserError, match=r"BROWSER \(GUANCHA_BROWSER\): .*/mine"):
        rendering.find(Settings({"BROWSER": str(named)}))


def test_without_one_the_error_says_how_to_get_it(bare: Path) -> None:
    with pytest.raises(ArgumentError, match=r"apt-get install chromium.*, or do without$"):
        rendering.require(Settings(), "do without")


def test_a_rendered_request_is_the_same_otherwise() -> None:
    plain = Request("https://www.guancha.cn/", meta={"retry_times": 2}, priority=3)
    marked = rendering.rendered(plain, "true")

    assert marked.meta == {"retry_times": 2, rendering.READY: "true"}
    assert (marked.url, marked.priority) == (plain.url, plain.priority)
    assert rendering.READY not in plain.meta


def test_an_answer_tells_who_gave_it() -> None:
    assert not rendering.is_rendered(HtmlResponse("https://www.guancha.cn/"))
    assert rendering.is_rendered(HtmlResponse("https://www.guancha.cn/", flags=[rendering.FLAG]))


def test_whoever_needs_none_does_not_load_it() -> None:
    loaded = "import sys, guancha.settings, guancha.spiders.articles; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, check=True)

    assert b"guancha.extensions.browser" in done.stdout
    assert b"playwright" not in done.stdout
