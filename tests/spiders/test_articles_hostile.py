"""Whatever a site answers, the run goes on, and each answer is a counted outcome."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace

import pytest

from replica.site import Answer
from tests.conftest import FAST, ONCE, Run

NOW = datetime.fromisoformat("2026-10-05T20:00:00+08:00")
HTML = "text/html; charset=utf-8"
ARTICLE = """<!DOCTYPE html><html><head><title></title></head><body><ul>
<li class="left left-main"><h3>{title}</h3><div class="time fix"><span>2026-10-04 16:19:35</span></div>
<div class="content all-txt"><p>{title}的正文。</p></div>
<div id="comments-container" data-id="1"></div></li></ul></body></html>"""


def html(text: str, **headers: str) -> Answer:
    return Answer(200, text.encode(), {"Content-Type": HTML, **headers})


def moved(target: str) -> Answer:
    return Answer(302, b"", {"Location": target})


@dataclass
class ScriptedSite:
    """Answers what a test says, robots.txt included, and 404 to the rest."""

    answers: dict[str, Answer]
    asked: list[str] = field(default_factory=list)
    world: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(now=NOW))

    def answer(self, host: str, target: str) -> Answer:
        self.asked.append(f"{host}{target}")
        return self.answers.get(target, Answer(404, b""))


def url(number: int) -> str:
    return f"/CaiJing/2026_10_04_{number}.shtml"


BIG = b"<html>" + b"x" * (20 * 1024 * 1024)
ANSWERS = {
    "20 MB": (Answer(200, BIG, {"Content-Type": HTML}), "error"),
    "gzip bomb": (
        Answer(200, gzip.compress(BIG), {"Content-Type": HTML, "Content-Encoding": "gzip"}),
        "error",
    ),
    "broken gzip": (
        Answer(200, b"no", {"Content-Type": HTML, "Content-Encoding": "gzip"}),
        "error",
    ),
    "another host": (moved("https://example.com/"), "offsite"),
    "this machine": (moved("http://127.0.0.1:1/"), "offsite"),
    "with a password": (moved("https://a:b@www.guancha.cn/"), "offsite"),
    "a script": (moved("javascript:alert(1)"), "offsite"),
    "home": (moved("/"), "gone"),
    "nowhere": (Answer(302, b""), "error"),
    "in a circle": (moved("https://m.guancha.cn" + url(1)), "error"),
    "gone": (Answer(410, b""), "gone"),
    "no answer to speak of": (Answer(204, b""), "error"),
    "empty": (Answer(200, b"", {"Content-Type": HTML}), "error"),
    "a picture": (Answer(200, b"\x89PNG\r\n\x1a\n", {"Content-Type": "image/png"}), "error"),
    "GBK": (
        Answer(200, ARTICLE.format(title="标题").encode("gbk"), {"Content-Type": HTML}),
        "error",
    ),
    "a reader's post": (moved("https://user.guancha.cn/main/content?id=1"), "stub"),
    "cut": (html(ARTICLE.format(title="标题")[:200]), "error"),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_each_answer_is_an_outcome_and_the_run_goes_on(
    site_run: Callable[..., Run], name: str
) -> None:
    answer, kind = ANSWERS[name]
    site = ScriptedSite({url(1): answer, url(2): html(ARTICLE.format(title="标题"))})
    wanted = ",".join(f"https://www.guancha.cn{url(number)}" for number in (1, 2))
    run = site_run(site, "-a", f"urls={wanted}", *FAST, *ONCE)

    assert run.code == (3 if kind == "error" else 0), run.log
    assert run.kinds() == {f"https://www.guancha.cn{url(1)}": kind}
    assert [record["title"] for record in run.lines("articles")] == ["标题"]


def test_a_wrong_charset_does_not_garble(site_run: Callable[..., Run]) -> None:
    page = html(ARTICLE.format(title="标题"), **{"Content-Type": "text/html; charset=gbk"})
    run = site_run(
        ScriptedSite({url(1): page}), "-a", f"urls=https://www.guancha.cn{url(1)}", *FAST
    )

    assert [record["title"] for record in run.lines("articles")] == ["标题"]


def test_hostile_links_of_a_listing_cost_no_request(site_run: Callable[..., Run]) -> None:
    links = [
        "/../../etc/passwd/2026_10_04_1.shtml",
        "/a..b/2026_10_04_2.shtml",
        "https://example.com/CaiJing/2026_10_04_3.shtml",
        "https://www.guancha.cn@127.0.0.1/CaiJing/2026_10_04_4.shtml",
        "//127.0.0.1:22/CaiJing/2026_10_04_5.shtml",
        "javascript:location='/CaiJing/2026_10_04_6.shtml'",
        "/CaiJing/2026_13_45_7.shtml",
        "http://[::1/CaiJing/2026_10_04_8.shtml",
        url(9),
    ]
    anchors = "".join(f'<h4 class="module-title"><a href="{link}">标题</a></h4>' for link in links)
    site = ScriptedSite({
        "/column/CaiJing": html(f"<html><body>{anchors}</body></html>"),
        url(9): html(ARTICLE.format(title="标题")),
    })  # fmt: skip
    run = site_run(site, "-a", "sections=CaiJing", *FAST)

    assert [record["article_id"] for record in run.lines("articles")] == ["9"]
    assert {asked for asked in site.asked if "2026_" in asked} == {f"www.guancha.cn{url(9)}"}


def test_what_robots_txt_forbids_is_not_asked_for(site_run: Callable[..., Run]) -> None:
    site = ScriptedSite({
        "/robots.txt": Answer(200, b"User-agent: *\nDisallow: /CaiJing/", {}),
        url(1): html(ARTICLE.format(title="标题")),
    })  # fmt: skip
    run = site_run(site, "-a", f"urls=https://www.guancha.cn{url(1)}", *FAST, *ONCE)

    assert site.asked == ["www.guancha.cn/robots.txt"]
    assert [o["detail"] for o in run.lines("outcomes")] == ["Forbidden by robots.txt"]
