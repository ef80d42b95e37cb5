"""Answers of a real browser: which one is used, and which requests it answers.

This module starts none: that is done by ``extensions.browser`` at the first such request, if there is one.
"""

import os
import shutil
from pathlib import Path

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings

from guancha.exceptions import BrowserError
from guancha.pages.challenge import MAX_TEXT, SETS_OFF

READY = "browser_ready"
"""Key of ``Request.meta``: a JavaScript expression, true once the page is as it is wanted."""
CHALLENGED = "browser_challenged"
"""Key of ``Request.meta``: a plain client was answered by a challenge. What is wanted is what is served."""
CHALLENGES, NOT_READY, BEHIND = "browser/challenges", "browser/not_ready", "browser/passed"
"""Stats: challenges tried in the browser, pages that did not become as wanted, challenges passed."""
FLAG = "playwright"
"""Of the answer: scrapy-playwright sets it."""
PASSED = f"""document.querySelector('h3, li.left-main') !== null
  || document.documentElement.innerText.trim().length > {MAX_TEXT}
  || ![...document.scripts].some(each => /{SETS_OFF}/.test(each.textContent))"""
"""True on what ``pages.challenge`` takes for no challenge."""
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
"""As the packages of the systems call it; the lightest first."""
HOW = "install one (apt-get install chromium libatomic1, or: playwright install chromium)"


def find(settings: BaseSettings) -> Path | None:
    """The browser's program: the one named, else one on the PATH, else one that Playwright has installed.

    Raises BrowserError where the one named by the setting BROWSER can't be run.
    """
    if named := settings["BROWSER"]:
        found = shutil.which(str(named))
        if found is None:
            expected = "expected a program that can be run"
            raise BrowserError(f"setting BROWSER (GUANCHA_BROWSER): {expected}, got {named!r}")
        return Path(found)
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    return Path(on_path) if on_path else _installed()


def require(settings: BaseSettings, instead: str = "") -> Path:
    """As ``find``, where nothing can be done without; raises BrowserError where there is none.

    ``instead`` says how to do without.
    """
    found = find(settings)
    if found is None:
        or_else = f", or {instead}" if instead else ""
        raise BrowserError(f"no browser was found: {HOW}, or name one by GUANCHA_BROWSER{or_else}")
    return found


def rendered(request: Request, ready: str) -> Request:
    """The same request, to be answered by the browser with its DOM.

    It answers once the JavaScript expression ``ready`` is true, or after some seconds with what is there.
    """
    return request.replace(meta={**request.meta, READY: ready})


def behind_challenge(request: Request, crawler: Crawler) -> Request | None:
    """The same request, to be asked by the browser once; its answer is what the site serves there.

    None where the browser has had it already, where there is none, and where none is wanted.
    """
    has_been = request.meta.keys() & {READY, CHALLENGED}
    is_wanted = crawler.settings.getbool("CHALLENGE_IN_BROWSER")
    if has_been or not is_wanted or find(crawler.settings) is None:
        return None
    assert crawler.stats is not None
    crawler.stats.inc_value(CHALLENGES)
    return request.replace(meta={**request.meta, READY: PASSED, CHALLENGED: True})


def left_to_plain(request: Request) -> Request:
    """The same request; one that the browser was of no help with goes without it from now on."""
    if CHALLENGED not in request.meta:
        return request
    return request.replace(meta={k: v for k, v in request.meta.items() if k != READY})


def is_rendered(response: Response) -> bool:
    """Whether the browser has answered."""
    return FLAG in response.flags


def _installed() -> Path | None:
    """The newest of those that ``playwright install`` has made."""
    folder = os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or "~/.cache/ms-playwright"
    programs = ("headless_shell", "chrome-headless-shell", "chrome")
    found = [
        path
        for program in programs
        for path in Path(folder).expanduser().glob(f"chromium*-*/chrome*/{program}")
        if os.access(path, os.X_OK)
    ]
    return max(found, key=lambda path: path.stat().st_mtime, default=None)
