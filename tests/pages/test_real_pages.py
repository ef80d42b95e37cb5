"""What the real pages say, field by field, against truths that were labelled by hand."""

import re
from collections.abc import Iterator
from dataclasses import asdict
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from guancha import saved, urls
from guancha.items import Article, Outcome
from tests import shared

ID = re.compile(r"/\d{4}_\d{2}_\d{2}_(\d+)(?:_\w+)?\.shtml")
RELATED = ("kind", "article_id", "title", "date_published", "topic", "comment_count")


def record(name: str) -> Article | Outcome:
    return saved.record(shared.page(name), shared.truth(name)["url"], shared.CRAWLED)


def as_labelled(key: str, found: Any, labelled: Any) -> Any:
    """What was found, reduced to the keys of the labels: they are silent on role_raw."""
    if key != "authors" or len(found) != len(labelled):
        return found
    return [
        {name: author[name] for name in label}
        for author, label in zip(found, labelled, strict=True)
    ]


@pytest.mark.parametrize("name", shared.ARTICLES)
def test_the_record_is_the_labelled_one(name: str) -> None:
    labels, found = shared.truth(name), asdict(record(name))
    assert {key: as_labelled(key, found[key], labels[key]) for key in labels} == labels


@pytest.mark.parametrize("name", shared.ARTICLES)
def test_the_lists_beside_it_are_the_labelled_ones(name: str) -> None:
    found = asdict(record(name))["related"]
    labelled = [tuple(entry[key] for key in RELATED) for entry in shared.related(name)]
    assert [tuple(entry[key] for key in RELATED) for entry in found] == labelled


def test_the_stub_is_a_stub() -> None:
    url = "https://www.guancha.cn/politics/2026_10_04_903200.shtml"
    outcome = saved.record(shared.page("stub-2026"), url, shared.CRAWLED)
    assert isinstance(outcome, Outcome)
    assert (outcome.kind, outcome.article_id, outcome.url) == ("stub", "903200", url)


def test_the_home_page_in_place_of_an_article_is_gone() -> None:
    url = "https://www.guancha.cn/politics/2020_07_18_558000.shtml"
    outcome = saved.record(shared.page("home-2020"), url, shared.CRAWLED)
    assert isinstance(outcome, Outcome)
    assert (outcome.kind, outcome.article_id) == ("gone", "558000")


def test_the_home_page_links_to_208_articles() -> None:
    source = shared.page("home-2020").decode()
    visible = re.sub(r"<!--.*?-->", "", source, flags=re.DOTALL)
    hrefs = re.findall(r"href=[\"']([^\"']*)", visible)
    expected = {match[1] for href in hrefs if (match := ID.search(href))}
    entries = saved.links(source.encode(), urls.HOME, shared.CRAWLED)
    found = [entry.article.article_id for entry in entries]
    assert set(found) == expected
    assert len(found) == len(set(found)) == 208
    assert all(entry.title for entry in entries)


def test_what_is_commented_out_is_no_link() -> None:
    source = shared.page("home-2020").decode()
    hidden = {
        found
        for comment in re.findall(r"<!--.*?-->", source, re.DOTALL)
        for found in ID.findall(comment)
    }
    entries = saved.links(source.encode(), urls.HOME, shared.CRAWLED)
    only_hidden = hidden - {entry.article.article_id for entry in entries}
    assert len(only_hidden) == 22


def text_of(fragment: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", fragment)).split())


def listed(source: str) -> Iterator[tuple[str, str | None, str | None, str | None]]:
    """Id, title, abstract and time of each article in an excerpt, by its source alone."""
    anchor = re.compile(r"<a[^>]*href=\"[^\"]*?_(\d+)\.shtml\"[^>]*>(.*?)</a>", re.DOTALL)
    matches = list(anchor.finditer(source))
    titles: dict[str, re.Match[str]] = {}
    for match in matches:
        if text_of(match[2]) and text_of(match[2]) != "[全文]":
            titles.setdefault(match[1], match)
    for article_id, match in titles.items():
        following = next(
            (m for m in matches if m.start() > match.start() and m[1] != match[1]), None
        )
        rest = source[match.end() : following.start() if following else len(source)]
        abstract = re.search(
            r"<(p|div) class=\"(?:module-artile|tsp-list2-content)\">(.*?)</\1>", rest
        )
        shown = text_of(anchor.sub("", abstract[2])) if abstract else None
        time = re.search(r"<span>(\d{4}-\d\d-\d\d) (\d\d:\d\d)</span>", rest)
        yield article_id, text_of(match[2]), shown, time and f"{time[1]}T{time[2]}+08:00"


@pytest.mark.parametrize(
    ("name", "url", "count"),
    [
        ("home-2026-excerpt", "https://www.guancha.cn/", 5),
        ("mainnews-sp-2026-excerpt", "https://www.guancha.cn/mainnews-sp/list_1.shtml", 3),
        ("column-2026-excerpt", "https://www.guancha.cn/column/GuoJi·ZhanLue/1", 2),
    ],
)
def test_excerpts_of_listings(name: str, url: str, count: int) -> None:
    expected = sorted(listed(shared.page(name).decode()))
    found = [
        (entry.article.article_id, entry.title, entry.abstract, entry.date_published)
        for entry in saved.links(shared.page(name), url, shared.CRAWLED)
    ]
    assert sorted(found) == expected
    assert len(expected) == count


def test_every_listed_url_is_an_article_of_its_own() -> None:
    lines = shared.read("data/list-items.tsv").decode().splitlines()[1:]
    found = {urls.article(line.split("\t")[0]).article_id for line in lines}
    assert len(lines) == len(found) == 979


@pytest.mark.parametrize(
    ("ci", "end"), [("", pytest.skip.Exception), ("true", pytest.fail.Exception)]
)
def test_missing_pages_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ci: str, end: type[BaseException]
) -> None:
    monkeypatch.setattr(shared, "SHARED", tmp_path)
    monkeypatch.setenv("CI", ci)
    with pytest.raises(end, match=re.escape(str(tmp_path))):
        shared.read("pages/never-there.html")
