"""Spider arguments: what is taken, what is refused, and in which words."""

from datetime import date

import pytest

from guancha.arguments.articles import ArticlesArguments
from guancha.exceptions import ArgumentError
from guancha.sections import SECTIONS

URL = "https://www.guancha.cn/x/2026_10_04_1.shtml"


def test_defaults() -> None:
    arguments = ArticlesArguments.parse({})

    assert arguments.sections == SECTIONS
    assert (arguments.pages, arguments.related, arguments.limit) == ("new", 1, None)


def test_all_at_once() -> None:
    given = {
        "sections": "CaiJing, GuoJi·ZhanLue,WangWu,CaiJing",
        "pages": "3",
        "since": "2026-10-01",
        "until": "2026-10-01",
        "related": "0",
        "limit": "5",
    }
    arguments = ArticlesArguments.parse(given)

    assert [section.slug for section in arguments.sections] == [
        "CaiJing",
        "GuoJi·ZhanLue",
        "WangWu",
    ]
    assert arguments.since == arguments.until == date(2026, 10, 1)
    assert (arguments.pages, arguments.related, arguments.limit) == (3, 0, 5)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sections", ""),
        ("sections", "../etc"),
        ("sections", "CaiJing,a b"),
        ("pages", "0"),
        ("pages", "-1"),
        ("pages", "some"),
        ("pages", "３"),
        ("since", "2026-13-01"),
        ("since", "20261001"),
        ("since", "昨天"),
        ("until", ""),
        ("related", "-1"),
        ("related", "1.5"),
        ("limit", "0"),
        ("limit", "9" * 40),
        ("urls", ""),
        ("urls", "@/no/such/file"),
        ("urls", "@/"),
        ("urls", "https://www.guancha.cn/typo"),
        ("urls", "https://www.guancha.cn/x/2026_10_04_1.shtml,https://example.com/"),
    ],
)
def test_a_wrong_value_is_named_with_what_was_expected(name: str, value: str) -> None:
    with pytest.raises(ArgumentError, match=rf"^spider argument '{name}': expected ") as caught:
        ArticlesArguments.parse({name: value})
    assert value.split(",")[-1] in str(caught.value)


@pytest.mark.parametrize(
    "given",
    [
        {"since": "2026-10-02", "until": "2026-10-01"},
        {"urls": URL, "sections": "CaiJing"},
        {"urls": URL, "related": "1"},
        {"nonsense": "1"},
    ],
)
def test_contradictions_are_refused(given: dict[str, str]) -> None:
    with pytest.raises(ArgumentError, match="spider argument"):
        ArticlesArguments.parse(given)
