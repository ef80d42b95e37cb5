"""A real browser answers what is marked for it, stays on the site, and its failures are ordinary ones."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from replica.faults import Faults, Mishap
from replica.site import HTML, Answer
from tests.browsers import browse, kill_browser
from tests.conftest import Run

NOW = datetime.fromisoformat("2026-10-05T20:00:00+08:00")
SITE = "https://www.guancha.cn"
READY = "document.querySelector('.ready') !== null"
LATE = """<h3>标题</h3><script>setTimeout(() => {
  const made = document.createElement('p'); made.className = 'ready';
  made.textContent = [navigator.userAgent, navigator.language, document.title].join('|');
  document.body.append(made); }, 200)</script>"""
DONE = '<p class="ready">fertig</p>'


def page(body: str, status: int = 200) -> Answer:
    text = f"<html><head><meta charset=utf-8></head><body>{body}</body></html>"
    return Answer(status, text.encode(), {"Content-Type": HTML})


def moved(there: str) -> Answer:
    return Answer(302, b"", {"Location": there})


def leaving(there: str) -> Answer:
    return page(f"<script>window.location.href = {there!r}</script>")


PICTURES = '<img src="/a.png"><img src="https://evil.example/b.png"><video src="/c.mp4"></video>'
SCRIPTS = '<script src="/own.js"></script><script src="https://evil.example/x.js"></script>'
PAGES = {
    "/late": page(PICTURES + SCRIPTS + LATE),
    "/own.js": Answer(200, b"document.title = 'own'", {"Content-Type": "text/javascript"}),
    "/never": page("<h3>da</h3>"),
    "/hanging": page(DONE + '<script async src="/hanging.js"></script>'),
    "/busy": page("<script>setTimeout(() => { while (true) {} }, 0)</script>"),
    "/popup": page(DONE + "<script>window.open('/popped'); alert(1)</script>"),
    "/": page("<h1>home</h1>"),
    "/sent-home": moved("/"),
    "/sent-away": moved("https://example.com/x"),
    "/stub": leaving("https://user.guancha.cn/main/content?id=1"),
    "/leaving": leaving("https://example.com/"),
    "/cut": Answer(200, b'<html><body><p class="ready">cut he', {"Content-Type": HTML}),
    "/json": Answer(200, b'{"a": "<b>"}', {"Content-Type": "application/json"}),
    "/file": Answer(200, b"x" * 9999, {"Content-Type": "application/octet-stream"}),
    "/large": page("<script>document.write('x'.repeat(3e6))</script>" + DONE),
    "/gone": page("no", 404),
}


@dataclass
class Pages:
    """Answers by path, robots.txt with a 404."""

    answers: dict[str, Answer]
    asked: list[str] = field(default_factory=list)
    befall: Callable[[str, int], Answer | None] = lambda path, turn: None
    world: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(now=NOW))

    def answer(self, host: str, target: str) -> Answer:
        self.asked.append(host + target)
        special = self.befall(target, self.asked.count(host + target))
        return special or self.answers.get(target, Answer(404))


class Hanging(Faults):
    """A script that does not come."""

    def befall(self, url: str, turn: int, answer: Answer, cookies: str = "") -> Mishap:
        return Mishap(answer, delay=600 if url.endswith("/hanging.js") else 0)


def probe(
    folder: Path, site: Pages, asked: dict[str, str], *more: str, faults: Faults | None = None
) -> tuple[Run, dict[str, dict[str, Any]]]:
    """A run that asks for paths, and what came of each; those with an expression in the browser."""
    out = folder / "out.jsonl"
    urls = json.dumps({SITE + path: ready for path, ready in asked.items()})
    command = ("runspider", "tests/extensions/probe.py", "-a", f"asked={urls}", "-a", f"out={out}")
    run = browse(folder, site, *command, "-s", "LOG_LEVEL=INFO", *more, faults=faults)
    found = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    return run, {each.pop("name").removeprefix(SITE): each for each in found}


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, dict[str, Any], list[str]]:
    """All pages by one browser, and what the site was asked for."""
    site = Pages(PAGES)
    asked = {path: READY for path in PAGES if path not in ("/", "/own.js")} | {"/": ""}
    # The longest that is waited for is ten seconds.
    bounds = ("-s", "DOWNLOAD_MAXSIZE=1000000", "-a", "hurried=/busy", "-s", "RETRY_TIMES=0")
    run, found = probe(tmp_path_factory.mktemp("seen"), site, asked, *bounds, faults=Hanging())
    return run, found, site.asked


def test_the_dom_is_answered_when_it_is_ready(visited: Any) -> None:
    _, found, _ = visited
    late = found["/late"]

    assert (late["status"], late["rendered"], late["kind"]) == (200, True, "HtmlResponse")
    said = late["text"].partition('<p class="ready">')[2].partition("<")[0].split("|")
    assert "guancha/" in said[0]
    assert said[1:] == ["zh-CN", "own"]
    assert late["latency"] > 0.2
    assert not {key for key in late["meta"] if key.startswith("playwright")}


def test_other_requests_go_without_it(visited: Any) -> None:
    _, found, _ = visited

    assert not found["/"]["rendered"]


def test_nothing_but_markup_and_scripts_of_the_site_is_asked_for(visited: Any) -> None:
    _, _, asked = visited
    hosts = {each.partition("/")[0] for each in asked}

    assert hosts == {"www.guancha.cn"}
    assert not [each for each in asked if each.endswith((".png", ".mp4"))]
    assert asked.count("www.guancha.cn/own.js") == 1


def test_what_is_not_ready_in_time_is_answered_as_it_is(visited: Any) -> None:
    _, found, _ = visited

    assert "<h3>da</h3>" in found["/never"]["text"]
    assert found["/never"]["latency"] > 10
    assert "fertig" in found["/hanging"]["text"]
    assert "fertig" in found["/popup"]["text"]
    assert found["/gone"]["status"] == 404


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/sent-home", f"{SITE}/"),
        ("/sent-away", "https://example.com/x"),
        ("/stub", "https://user.guancha.cn/main/content?id=1"),
        ("/leaving", "https://example.com/"),
    ],
)
def test_an_answer_from_elsewhere_is_a_redirect(visited: Any, path: str, there: str) -> None:
    _, found, _ = visited
    answer = found[path]

    assert (answer["status"], answer["location"], answer["rendered"]) == (302, there, True)
    assert answer["url"] == SITE + path
    assert answer["latency"] < 10


def test_what_was_cut_does_not_look_whole(visited: Any) -> None:
    _, found, _ = visited

    assert "cut he" in found["/cut"]["text"]
    assert "</html>" not in found["/cut"]["text"]
    assert found["/json"]["text"] == '{"a": "<b>"}'


def test_failures_are_those_of_any_download(visited: Any) -> None:
    run, found, _ = visited
    errors = {path: each["error"] for path, each in found.items() if "error" in each}

    assert errors == {
        "/busy": "DownloadTimeoutError",
        "/file": "DownloadCancelledError",
        "/large": "DownloadCancelledError",
    }
    assert "Traceback" not in run.log
    assert "scrapy-playwright" not in run.log
    assert "fault of the program" not in run.log


def test_a_killed_browser_is_started_again(tmp_path: Path) -> None:
    killed: list[int] = []

    def befall(path: str, turn: int) -> Answer | None:
        if path in ("/2", "/4") and turn == 1:
            killed.append(kill_browser())
        return None

    asked = {f"/{number}": READY for number in range(6)}
    site = Pages(dict.fromkeys(asked, PAGES["/late"]), befall=befall)
    run, found = probe(tmp_path, site, asked)

    assert len(killed) == 2
    assert all(killed)
    assert {path: each.get("status") for path, each in found.items()} == dict.fromkeys(asked, 200)
    assert "fault of the program" not in run.log
    assert "Traceback" not in run.log
