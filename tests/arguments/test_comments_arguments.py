"""What ``scrapy crawl comments`` takes, and what it refuses in which words."""

from datetime import date
from pathlib import Path

import pytest

from guancha.arguments.comments import CommentsArguments
from guancha.exceptions import ArgumentError

TODAY = date(2026, 10, 5)


def test_defaults() -> None:
    arguments = CommentsArguments.parse({})

    assert arguments == CommentsArguments()
    assert (arguments.pages, arguments.hot, arguments.source) == ("new", True, "json")
    assert arguments.first_day(TODAY) == date(2026, 10, 2)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"since": "2026-01-01"}, date(2026, 1, 1)),
        ({"until": "2026-01-01"}, None),
        ({"sections": "CaiJing,WangWu"}, date(2026, 10, 2)),
    ],
)
def test_the_first_day(given: dict[str, str], expected: date | None) -> None:
    assert CommentsArguments.parse(given).first_day(TODAY) == expected


def test_all_at_once() -> None:
    given = {
        "sections": "CaiJing, WangWu",
        "limit": "5",
        "pages": "3",
        "hot": "0",
        "source": "page",
    }
    arguments = CommentsArguments.parse(given)

    assert arguments.sections == ("CaiJing", "WangWu")
    assert (arguments.limit, arguments.pages) == (5, 3)
    assert (arguments.hot, arguments.source) == (False, "page")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("articles", ""),
        ("articles", " , "),
        ("articles", "516891,x"),
        ("articles", "https://www.guancha.cn/CaiJing"),
        ("articles", "@missing"),
        ("articles", "@/"),
        ("articles", "٣"),
        ("sections", "../etc"),
        ("since", "昨天"),
        ("until", "2026-1-1"),
        ("limit", "0"),
        ("pages", "some"),
        ("hot", "yes"),
        ("source", "html"),
        ("related", "1"),
    ],
)
def test_what_is_refused_is_named(name: str, value: str) -> None:
    with pytest.raises(ArgumentError, match=f"'{name}'"):
        CommentsArguments.parse({name: value})


@pytest.mark.parametrize("name", ["sections", "since", "until"])
def test_named_articles_take_no_scope(tmp_path: Path, name: str) -> None:
    (tmp_path / "ids").write_text("1")
    given = {"articles": f"@{tmp_path / 'ids'}", name: "2026-10-05"}

    with pytest.raises(ArgumentError, match=f"'{name}': expected nothing"):
        CommentsArguments.parse(given)


def test_days_in_reverse_are_refused() -> None:
    with pytest.raises(ArgumentError, match="'since'"):
        CommentsArguments.parse({"since": "2026-10-05", "until": "2026-10-04"})
