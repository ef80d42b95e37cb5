"""Breakage is loud: whatever container the site renames, an outcome or an absent field at 0 hits tells.

Each rule is broken on each real page where it matches: by its class and id names, or by the table below
where its paths name none. A rule that no page shows, or that no case breaks, fails here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from guancha import urls
from guancha.items import Article
from guancha.pages import article as article_rules
from guancha.pages import listing as listing_rules
from guancha.pages.article import ArticlePage
from guancha.pages.document import parse
from guancha.pages.listing import ListingPage
from guancha.pages.parts import PARTS
from guancha.pages.rules import Rule, has
from guancha.soundness import find_faults
from tests import shared

LISTINGS = {
    "home-2020": urls.HOME,
    "home-2026-excerpt": urls.HOME,
    "mainnews-sp-2026-excerpt": "https://www.guancha.cn/mainnews-sp/list_1.shtml",
    "column-2026-excerpt": "https://www.guancha.cn/column/GuoJi·ZhanLue/1",
}
TOKEN = re.compile(r"' ([\w-]+) '\)|@id\[\.='([\w-]+)'")
VARIABLE = re.compile(r"\$(\w+)")
BREAKS = {
    "article/title/1": [(r"<(/?)h3\b", r"<\1h2")],
    "article/description/1": [(r"=\"Description\"", '="Summary"')],
    "article/authors/name/1": [(r"(author-intro(?s:.*?)<p>\s*)<a\b(.*?)</a>", r"\1<b\2</b>")],
    "article/authors/url/1": [(r"(author-intro(?s:.*?)<p>\s*<a) href", r"\1 data-href")],
    "article/authors/job_title/1": [
        (r"(author-intro(?s:.*?)</a>\s*)<span>(.*?)</span>", r"\1<i>\2</i>")
    ],
    "article/image/1": [("bdPic", "shared")],
    "pager/links/2": [
        ("select_page", "pages"),
        (r"_2\.shtml", "-2.shtml"),
        (r"_s\.shtml", "-s.shtml"),
    ],
    "pager/scripts/2": [("select_page", "pages"), ("onclick", "data-go")],
    "related/by_author/date/1": [(r"</a>\s*<span\b", "</a><i")],
    "related/by_editor/date/1": [(r"</a>\s*<span\b", "</a><i")],
    "related/headline/comments/1": [("评论", "回复")],
    "related/hot/title/1": [(r"<(/?)h4\b", r"<\1h5")],
    "listing/links/1": [(r"\.shtml", ".html")],
}
"""Path of a rule -> how its mark-up changes, as regular expressions, where no class or id is in it."""
HIDDEN = {"pager/links/2": "select_page", "pager/scripts/2": "select_page"}
"""Path of a rule -> the name that must change for it to be tried: the path before it is the better one."""
ALTERNATIVES = {"tsp-list1-title", "tsp-list2-title"}
"""Names that stand in for one another in one path: the rule is broken when all are gone."""
ATTRIBUTES = {
    "date": "date_published",
    "comments": "comment_count",
    "title": "title",
    "topic": "topic",
    "name": "job_title",
    "url": "url",
    "job_title": "job_title",
}
"""Detail of a path -> the attribute of an entry that tells of it; a name may stand in a byline as well."""


@dataclass
class Read:
    """What a page yielded: a record or None where it was refused, and the hits of the rules."""

    record: Article | ListingPage | None
    hits: dict[str, int]


def read_article(name: str, page: bytes) -> Read:
    found = ArticlePage(urls.article(shared.truth(name)["url"]), parse(page), shared.CRAWLED)
    record = found.article()
    refused = found.fault or find_faults(record, shared.CRAWLED)
    return Read(None if refused else record, found.hits)


def read_listing(name: str, page: bytes) -> Read:
    found = ListingPage(LISTINGS[name], parse(page), shared.CRAWLED)
    return Read(found if found.entries else None, found.hits)


def renamed(page: bytes, names: set[str]) -> bytes:
    """The page after a redesign: these class and id names are others now."""

    def rename(match: re.Match[str]) -> str:
        tokens = re.split(r"(\s+)", match[3])
        return (
            match[1]
            + match[2]
            + "".join(f"new-{t}" if t in names else t for t in tokens)
            + match[2]
        )

    return re.sub(r"(\b(?:class|id)=)([\"'])(.*?)\2", rename, page.decode()).encode()


def changed(page: bytes, path: str) -> bytes:
    text = page.decode()
    for pattern, replacement in BREAKS[path]:
        text = re.sub(pattern, replacement, text)
    return text.encode()


def paths(rules: tuple[Rule, ...]) -> dict[str, str]:
    """``name/number`` -> XPath, in which each part of the page is spelt out."""
    return {path.key: VARIABLE.sub(spelt_out, path.text) for rule in rules for path in rule.paths}


def spelt_out(variable: re.Match[str]) -> str:
    part = PARTS[variable[1]]
    return f"//{part.tag}[{has(*sorted(part.classes))}]"


def breakages(all_paths: dict[str, str]) -> list[tuple[str, frozenset[str]]]:
    """Each path with the names to change; with none where the table says how to break it."""
    cases: list[tuple[str, frozenset[str]]] = []
    for path, xpath in all_paths.items():
        names = {a or b for a, b in TOKEN.findall(xpath)}
        groups = [frozenset({name}) for name in sorted(names - ALTERNATIVES)]
        if names & ALTERNATIVES:
            groups.append(frozenset(names & ALTERNATIVES))
        cases += [(path, group) for group in groups or [frozenset()]]
    return cases


ARTICLE_PATHS = paths(article_rules.RULES)
LISTING_PATHS = paths(listing_rules.RULES)


@cache
def sound(name: str, hidden: str | None) -> tuple[bytes, Read]:
    """A page before the breakage, and what it yields."""
    page = renamed(shared.page(name), {hidden} if hidden else set())
    read = read_article if name in shared.ARTICLES else read_listing
    return page, read(name, page)


def broken(
    path: str, names: frozenset[str], pages: tuple[str, ...], read: Callable[..., Read]
) -> int:
    """Breaks a path on every page that shows it; returns on how many it did."""
    count = 0
    for name in pages:
        page, before = sound(name, HIDDEN.get(path))
        if not before.hits[path]:
            continue
        after = read(name, renamed(page, set(names)) if names else changed(page, path))
        count += 1
        if after.record is None:
            continue
        assert after.hits[path] == 0, f"{name}: {path} still matches"
        assert_told(path, before, after)
    return count


def assert_told(path: str, before: Read, after: Read) -> None:
    if isinstance(after.record, Article) and isinstance(before.record, Article):
        same = after.record.is_complete and after.record.page_count == before.record.page_count
        shorter = len(after.record.paragraphs) < len(before.record.paragraphs)
        assert not (same and shorter), "a shorter article passes for the whole"
        if path.startswith(("article/", "related/")):
            assert is_absent(field(after.record, path)), f"{path} is wrong, not absent"
    elif isinstance(after.record, ListingPage) and isinstance(before.record, ListingPage):
        assert ids(after.record) == ids(before.record)


def ids(page: ListingPage) -> set[str]:
    return {entry.article.article_id for entry in page.entries}


def field(record: Article, path: str) -> Any:
    """The value of a record that a path fills, or the values where it fills one in each entry."""
    page, name, *detail = path.split("/")[:-1]
    if page == "related":
        entries: list[Any] = [entry for entry in record.related if entry.kind == name]
    else:
        entries = getattr(record, name)
        detail = detail or ["name"] * (name == "authors")
    return [getattr(entry, ATTRIBUTES[detail[0]]) for entry in entries] if detail else entries


def is_absent(value: Any) -> bool:
    return value in (None, []) or (isinstance(value, list) and all(each is None for each in value))


@pytest.mark.parametrize(("path", "names"), breakages(ARTICLE_PATHS))
def test_a_broken_rule_of_an_article(path: str, names: frozenset[str]) -> None:
    assert broken(path, names, shared.ARTICLES, read_article), f"no page shows {path}"


@pytest.mark.parametrize(("path", "names"), breakages(LISTING_PATHS))
def test_a_broken_rule_of_a_listing(path: str, names: frozenset[str]) -> None:
    assert broken(path, names, tuple(LISTINGS), read_listing), f"no page shows {path}"


def test_every_rule_has_its_breakage() -> None:
    nameless = {
        path for path, xpath in (ARTICLE_PATHS | LISTING_PATHS).items() if not TOKEN.search(xpath)
    }
    assert nameless == set(BREAKS)
