"""A crawl of the replica's comments gives what is true of them: each once, threads intact."""

import re
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from guancha.pseudonyms import Pseudonyms
from replica.readers import TRACE
from tests.conftest import Run
from tests.spiders.comments_runs import COMPARED, EVER, SITE, Truth, copied, crawl, truth

FAULTS = "errors=0.05,reset=0.05,truncate=0.05,challenge=0.03,garbage=0.03"
SAME = (*COMPARED, "article_id", "doc_id", "root_id", "is_member", "is_hot", "is_quoted")


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The articles of the site."""
    data = tmp_path_factory.mktemp("stock") / "data"
    run = crawl(data, spider="articles")
    assert run.code == 0, run.log
    return data


@pytest.fixture(scope="module")
def first(stock: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The same, with the comments of the first day."""
    return crawl(copied(stock, tmp_path_factory.mktemp("first")), *EVER)


def check(run: Run, true: Truth) -> dict[str, dict[str, Any]]:
    """Every comment once, as it is; returns them by their ids."""
    lines = run.lines("comments")
    found = {line["comment_id"]: line for line in lines}
    assert len(found) == len(lines)
    assert set(found) == set(true)
    for number, record in found.items():
        assert {name: record[name] for name in SAME} == {name: true[number][name] for name in SAME}
    return found


def requests(run: Run) -> int:
    return run.figures().requests


def articles(run: Run) -> set[str]:
    return {line["article_id"] for line in run.lines("articles")}


def test_crawl_equals_truth(first: Run) -> None:
    true = truth()
    found = check(first, true)

    assert first.code == 0, first.log
    assert {line["revision"] for line in found.values()} == {1}
    assert {line["source"] for line in found.values()} == {"json"}
    for number, record in found.items():
        printed = record["date_published_raw"]
        assert printed == true[number]["date_published_raw"]
        unit = timedelta(hours=1) if "小时" in printed else timedelta(minutes=2)
        moments = (
            datetime.fromisoformat(each["date_published"]) for each in (record, true[number])
        )
        assert abs(next(moments) - next(moments)) <= unit


def test_counts_are_those_of_the_site(first: Run) -> None:
    shown = Counter(line["article_id"] for line in truth().values() if not line["is_quoted"])
    hot = Counter(line["article_id"] for line in truth().values() if line["is_hot"])
    counts = {line["article_id"]: line for line in first.lines("counts")}
    states = Counter(line["comments"] for line in counts.values())

    assert set(counts) == articles(first)
    assert states["closed"] == states["disabled"] == 1
    for article_id, line in counts.items():
        if line["comments"] != "closed":
            found = (line["comment_count"], line["hot_count"])
            assert found == (shown[article_id], hot[article_id])
    kinds = Counter(line["kind"] for line in first.lines("outcomes/comments"))
    assert kinds == {"closed": 1, "disabled": 1}


def test_readers_leave_no_trace_but_their_pseudonyms(first: Run) -> None:
    key = Pseudonyms.read(first.data)
    assert key
    true = truth()
    for line in first.lines("comments"):
        reader = true[line["comment_id"]]
        number = None if reader["from_weibo"] else key.of("id", reader["user_id"])
        assert (line["reader_id"], line["reader_name"]) == (
            number,
            key.of("name", reader["user_nick"]),
        )
    written = [path for path in first.data.rglob("*") if path.suffix in (".jsonl", ".html")]
    assert not [path for path in written if TRACE.search(path.read_text("utf-8"))]
    assert not TRACE.search(first.log)


def test_passing_faults_lose_nothing(stock: Path, tmp_path: Path) -> None:
    site = f"{SITE} --faults {FAULTS}"
    run = crawl(copied(stock, tmp_path), *EVER, "-s", "RETRY_TIMES=9", site=site)

    assert run.code == 0, run.log
    assert run.figures().retries > 5
    check(run, truth())


def test_the_same_day_again_costs_a_page_a_thread(first: Run, tmp_path: Path) -> None:
    again = crawl(copied(first.data, tmp_path), *EVER)

    assert again.code == 0, again.log
    assert again.lines("comments") == first.lines("comments")
    assert again.lines("outcomes/comments") == first.lines("outcomes/comments")
    assert len(again.lines("counts")) == 2 * len(first.lines("counts"))
    # robots.txt of the host, and a page of each article.
    assert requests(again) == len(first.lines("counts")) + 1


def test_the_next_day_adds_what_is_new_or_changed(first: Run, tmp_path: Path) -> None:
    site = f"{SITE} --day 1"
    before, now = truth(), truth(site, articles(first))
    run = crawl(copied(first.data, tmp_path), *EVER, "-a", "pages=all", site=site)
    added = run.lines("comments")[len(first.lines("comments")) :]
    changed = {
        number: [name for name in COMPARED if now[number][name] != before[number][name]]
        for number in before.keys() & now.keys()
        if not now[number]["is_quoted"]
    }

    new = {line["comment_id"] for line in added if line["revision"] == 1}
    edits = {line["comment_id"]: line["changed_fields"] for line in added if line["revision"] == 2}
    assert len(new) + len(edits) == len(added)
    assert new == now.keys() - before.keys()
    assert edits == {number: names for number, names in changed.items() if names}
    assert new
    assert edits


def test_the_next_day_new_pages_have_all_that_is_new(first: Run, tmp_path: Path) -> None:
    site = f"{SITE} --day 1"
    run = crawl(copied(first.data, tmp_path), *EVER, site=site)
    found = {line["comment_id"] for line in run.lines("comments")}

    assert run.code == 0, run.log
    assert found >= set(truth(site, articles(first)))
    assert requests(run) < requests(first) / 2


def test_the_most_discussed_come_first_within_the_limit(stock: Path, tmp_path: Path) -> None:
    data = copied(stock, tmp_path)
    run = crawl(data, *EVER, "-a", "limit=3", "-a", "pages=1", "-a", "hot=0")
    counts = [line["comment_count"] for line in run.lines("counts")]

    assert run.code == 0, run.log
    assert len(counts) == 3
    assert counts == sorted(counts, reverse=True)
    assert requests(run) == 4


def test_named_articles_that_can_not_be_asked_for_are_told(stock: Path, tmp_path: Path) -> None:
    data = copied(stock, tmp_path)
    (known, *_) = Run(0, "", "", data).lines("articles")
    run = crawl(data, "-a", f"articles={known['url']},99999")

    assert [line["article_id"] for line in run.lines("counts")] == [known["article_id"]]
    assert run.figures().links == {"not_in_the_archive": 1}
    assert re.search(r"not_in_the_archive.* 99999", run.log)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("-a", "articles=x"), 2),
        (("-a", "articles=99999"), 3),
        (("-a", "until=2001-01-01"), 3),
    ],
)
def test_a_run_that_asks_for_nothing_is_not_well(
    stock: Path, tmp_path: Path, arguments: tuple[str, ...], code: int
) -> None:
    assert crawl(copied(stock, tmp_path), *arguments).code == code
