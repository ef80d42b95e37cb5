"""``scrapy extract``: records and outcomes of saved pages, and its exit codes."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run

CASES = Path(__file__).parents[1] / "pages"
ARTICLE = CASES / "article/article-2026"
STUB = CASES / "article/stub-2026"
LISTING = CASES / "listing/column-2026-excerpt"
Scrapy = Callable[..., Run]


def address(case: Path) -> str:
    url: str = json.loads((case / "meta.json").read_text("utf-8"))["url"]
    return url


def page(case: Path) -> str:
    return str(case / "page.html")


def test_an_article_is_one_line(scrapy: Scrapy) -> None:
    run = scrapy("extract", "--url", address(ARTICLE), page(ARTICLE))

    expected = json.loads((ARTICLE / "expected.json").read_text("utf-8"))
    crawled = {"date_crawled", "date_first_crawled"}
    record = json.loads(run.out)
    assert run.code == 0
    assert run.out.count("\n") == 1
    assert list(record) == list(expected)
    assert {k: record[k] for k in record.keys() - crawled} == {
        k: expected[k] for k in expected.keys() - crawled
    }


def test_an_outcome_exits_3(scrapy: Scrapy) -> None:
    run = scrapy("extract", "--url", address(STUB), page(STUB))

    assert run.code == 3
    assert json.loads(run.out)["kind"] == "stub"


def test_a_manifest_gives_one_line_each_in_order(scrapy: Scrapy, tmp_path: Path) -> None:
    manifest = tmp_path / "urls.tsv"
    rows = [(case, address(case)) for case in (STUB, ARTICLE, STUB)]
    manifest.write_text("\n".join(f"{page(case)}\t{url}" for case, url in rows), "utf-8")
    run = scrapy("extract", "--manifest", str(manifest))

    assert run.code == 3
    assert ["kind" in json.loads(line) for line in run.out.splitlines()] == [True, False, True]


def test_a_missing_file_keeps_its_line_and_fails(scrapy: Scrapy, tmp_path: Path) -> None:
    manifest = tmp_path / "urls.tsv"
    url = address(ARTICLE)
    manifest.write_text(f"none.html\t{url}\n{page(ARTICLE)}\t{url}\n", "utf-8")
    run = scrapy("extract", "--manifest", str(manifest))

    assert run.code == 1
    assert "none.html" in run.log
    assert [json.loads(line).get("kind") for line in run.out.splitlines()] == ["error", None]


def test_links_of_a_listing(scrapy: Scrapy) -> None:
    run = scrapy("extract", "--links", "--url", address(LISTING), page(LISTING))

    assert run.code == 0
    assert [json.loads(line) for line in run.out.splitlines()] == json.loads(
        (LISTING / "expected.json").read_text("utf-8")
    )


def test_no_link_exits_3(scrapy: Scrapy, tmp_path: Path) -> None:
    empty = tmp_path / "empty.html"
    empty.write_text("<html><body></body></html>", "utf-8")
    run = scrapy("extract", "--links", "--url", address(LISTING), str(empty))

    assert (run.code, run.out) == (3, "")


def test_times_count_from_the_day_of_the_file(scrapy: Scrapy, tmp_path: Path) -> None:
    listing = tmp_path / "listing.html"
    link = "/x/2026_10_04_1.shtml"
    entry = f'<h4 class="module-title"><a href="{link}">标题</a></h4>'
    listing.write_text(
        f'<html><body>{entry}<div class="module-interact"><span>15小时前</span></div></body></html>',
        "utf-8",
    )
    os.utime(listing, (1_790_000_000, 1_790_000_000))  # 2026-09-21 22:13:20 in Beijing
    own = scrapy("extract", "--links", "--url", address(LISTING), str(listing))
    told = scrapy(
        "extract", "--links", "--url", address(LISTING), "--date", "2026-10-05", str(listing)
    )

    assert json.loads(own.out)["date_published"] == "2026-09-21T07:13+08:00"
    assert json.loads(told.out)["date_published"] == "2026-10-04T09:00+08:00"


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ([], "expected --url URL FILE, or --manifest TSV alone"),
        (["--url", "https://www.guancha.cn/"], "expected --url URL FILE"),
        (["--url", "https://example.com/", page(ARTICLE)], "not an article of guancha.cn"),
        (["--manifest", "none.tsv"], "none.tsv"),
        (["--url", address(ARTICLE), "--date", "gestern", page(ARTICLE)], "got 'gestern'"),
        (["--manifest", page(ARTICLE)], "line 1: expected FILE, tab, URL"),
    ],
)
def test_wrong_use_exits_2_and_says_why(scrapy: Scrapy, arguments: list[str], word: str) -> None:
    run = scrapy("extract", *arguments)

    assert run.code == 2
    assert word in run.out + run.log
    assert "Traceback" not in run.log
