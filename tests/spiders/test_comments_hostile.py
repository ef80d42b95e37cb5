"""Threads that are closed, cut, short or no threads at all: each is told, and the run goes on."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from guancha.store.scope import Scope
from guancha.store.store import Store
from replica.site import Answer
from tests.conftest import FAST, ONCE, Run
from tests.spiders.test_articles_hostile import ScriptedSite, html
from tests.store.conftest import NOW
from tests.store.records import target, visit

PATH = "/comment/cmt-list.json?codeId={}&codeType=1&pageNo={}&order=1&ff=www"
TOLD = "https://user.guancha.cn/comment/cmt-list.json?codeId={}&codeType=1"
Crawl = Callable[..., Run]


def listed(numbers: range, count: int, **others: Any) -> Answer:
    items = [
        {"id": n, "content": f"第{n}条", "created_at": "3分钟前", "user_id": n, "user_nick": "甲"}
        | {"praise_num": 0, "tread_num": 0, "reply_count": 0}
        for n in numbers
    ]
    found = {"code": 0, "status": 1, "count": count, "items": items} | others
    return Answer(200, json.dumps(found).encode(), {"Content-Type": "application/json"})


@pytest.fixture
def crawl(site_run: Crawl, tmp_path: Path) -> Crawl:
    """Crawls the comments of articles 1 and 2, whose keys are 11 and 12; the first answers as a test says."""
    stock(tmp_path, "11", "12")

    def run(*pages: Answer, others: int = 3) -> Run:
        answers = {PATH.format(11, n): page for n, page in enumerate(pages, 1)}
        site = ScriptedSite(answers | {PATH.format(12, 1): listed(range(900, 903), others)})
        wanted = ("-a", "articles=1,2")
        return site_run(site, *FAST, *ONCE, *wanted, command=("crawl", "comments"))

    return run


def stock(tmp_path: Path, *doc_ids: str | None) -> None:
    """An archive that has articles with these keys."""
    store = Store(None, tmp_path / "data")
    for number, doc_id in enumerate(doc_ids, 1):
        store.admit([target(number)], Scope(), NOW)
        store.commit(visit(number, doc_id=doc_id), NOW)
    store.close()


def ids(run: Run, article_id: str = "1") -> list[int]:
    lines = run.lines("comments")
    return [int(line["comment_id"]) for line in lines if line["article_id"] == article_id]


@pytest.mark.parametrize(
    ("page", "kind", "detail"),
    [
        (listed(range(1), 1, code=7, msg="x"), "error", "code 7: x"),
        (Answer(404, b""), "gone", None),
        (Answer(302, b"", {"Location": "https://example.com/"}), "offsite", None),
    ],
)
def test_what_is_no_thread_is_an_outcome(
    crawl: Crawl, page: Answer, kind: str, detail: str | None
) -> None:
    run = crawl(page)
    (outcome,) = run.lines("outcomes/comments")

    assert (outcome["kind"], outcome["detail"]) == (kind, detail)
    assert (outcome["url"], outcome["article_id"]) == (TOLD.format(11), "1")
    assert outcome["stream"] == "comments"
    assert ids(run, "2") == [900, 901, 902]
    # One address that leads elsewhere is not yet more than chance.
    assert run.code == (0 if kind in ("gone", "offsite") else 3), run.log


@pytest.mark.parametrize(("status", "kind", "found"), [(2, "disabled", [1, 2]), (3, "closed", [])])
def test_closed_and_disabled_threads(
    crawl: Crawl, status: int, kind: str, found: list[int]
) -> None:
    run = crawl(listed(range(1, 3), 2, status=status))
    kinds = [line["kind"] for line in run.lines("outcomes/comments")]

    assert (run.code, kinds, ids(run)) == (0, [kind], found), run.log
    assert {line["comments"] for line in run.lines("counts")} == {kind, "open"}


def test_a_page_that_is_lost_leaves_the_thread_unfinished(crawl: Crawl) -> None:
    run = crawl(listed(range(60, 40, -1), 60), Answer(500, b""), listed(range(20, 0, -1), 60))
    (outcome,) = run.lines("outcomes/comments")

    assert (outcome["kind"], outcome["url"]) == ("error", TOLD.format(11))
    assert outcome["detail"] == "page 2: status 500"
    assert ids(run) == [*range(60, 40, -1), *range(20, 0, -1)]
    assert "only 40 were had, of 60" in run.log
    assert (run.figures().split, run.figures().incomplete) == (2, 1)


def test_a_thread_that_shows_fewer_than_it_says_is_told(crawl: Crawl) -> None:
    run = crawl(listed(range(20, 0, -1), 25), listed(range(0), 25))

    assert ids(run) == [*range(20, 0, -1)]
    assert "of the comments of 1 only 20 were had, of 25" in run.log
    assert run.figures().incomplete == 1
    assert run.code == 0


def test_more_than_one_such_thread_degrades_the_run(crawl: Crawl) -> None:
    run = crawl(listed(range(20, 0, -1), 25), listed(range(0), 25), others=9)

    assert run.code == 3
    assert "2 of 2 threads of comments are not whole" in run.log


def test_an_article_without_a_key_is_told(site_run: Crawl, tmp_path: Path) -> None:
    stock(tmp_path, None)
    run = site_run(ScriptedSite({}), *FAST, "-a", "articles=1", command=("crawl", "comments"))

    assert run.code == 3
    assert run.figures().links == {"no_doc_id": 1}
    assert "no_doc_id: no comments of 1" in run.log


def test_what_answers_html_in_place_of_json_is_loud(crawl: Crawl) -> None:
    run = crawl(html("<html><body><p>没有了</p></body></html>"))
    (outcome,) = run.lines("outcomes/comments")

    assert (outcome["kind"], run.code) == ("layout", 3)


def test_what_robots_txt_forbids_is_not_asked_for_in_a_browser_either(
    site_run: Crawl, tmp_path: Path
) -> None:
    stock(tmp_path, "11")
    site = ScriptedSite({"/robots.txt": Answer(200, b"User-agent: *\nDisallow: /comment/")})
    run = site_run(site, *FAST, *ONCE, "-a", "articles=1", command=("crawl", "comments"))
    (outcome,) = run.lines("outcomes/comments")

    assert site.asked == ["user.guancha.cn/robots.txt"]
    assert (outcome["kind"], outcome["detail"]) == ("error", "Forbidden by robots.txt")
    assert run.code == 1
