"""Arguments of the spider of posts: what is taken, what is refused, and what a user gets without them."""

from datetime import timedelta
from pathlib import Path

import pytest

from guancha.arguments.posts import PostsArguments
from guancha.exceptions import ArgumentError
from guancha.posts.lists import MOST_PAGES, wanted


def slugs(**given: str) -> list[str]:
    return [each.slug for each in wanted(PostsArguments.parse(given), lambda number: "a" * 32)]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ["posts-newest"]),
        ({"order": "hot7d"}, ["posts-hot7d"]),
        ({"topics": "110, 7,110"}, ["posts-topic-110", "posts-topic-7"]),
        ({"authors": "5"}, ["posts-author-aaaaaaaaaaaa"]),
        ({"urls": "5"}, []),
        ({"stubs": "1"}, []),
        ({"stubs": "0"}, ["posts-newest"]),
        ({"stubs": "1", "order": "newest"}, ["posts-newest"]),
        ({"topics": "7", "order": "columns"}, ["posts-columns", "posts-topic-7"]),
    ],
)
def test_which_lists_are_walked(given: dict[str, str], expected: list[str]) -> None:
    assert slugs(**given) == expected


def test_values_are_read() -> None:
    given = {
        "pages": "3",
        "limit": "5",
        "recheck": "12h",
        "urls": "5,//user.guancha.cn/main/content?id=6",
    }
    arguments = PostsArguments.parse(given)

    assert (arguments.pages, arguments.limit) == (3, 5)
    assert arguments.recheck == timedelta(hours=12)


def test_a_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "posts"
    path.write_text("5\n")

    assert PostsArguments.parse({"urls": f"@{path}"}).urls == f"@{path}"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("order", "hot"),
        ("order", "2"),
        ("pages", "0"),
        ("topics", ""),
        ("topics", "0"),
        ("topics", "1,x"),
        ("authors", "-1"),
        ("authors", "9" * 13),
        ("urls", ""),
        ("urls", " ,"),
        ("urls", "@/no/such/file"),
        ("urls", "@/"),
        ("urls", "https://www.guancha.cn/"),
        ("urls", "5,http://[x"),
        ("stubs", "yes"),
        ("limit", "0"),
        ("recheck", "all"),
        ("recheck", "3"),
    ],
)
def test_a_wrong_value_is_named_with_what_was_expected(name: str, value: str) -> None:
    with pytest.raises(ArgumentError, match=rf"^spider argument '{name}': expected ") as caught:
        PostsArguments.parse({name: value})
    assert value.split(",")[-1] in str(caught.value)


def test_what_is_unknown_is_refused() -> None:
    with pytest.raises(ArgumentError, match="unknown spider argument 'sections'"):
        PostsArguments.parse({"sections": "x"})


def test_the_ledger_keeps_no_reader() -> None:
    given = {"authors": "90210,7", "pages": "3"}

    assert PostsArguments.parse(given).kept(given) == {"authors": "2 of them", "pages": "3"}
    assert PostsArguments.parse({}).kept({}) == {}


def test_no_list_is_walked_for_ever() -> None:
    (general, author) = wanted(PostsArguments(authors=("5",)), lambda number: "a" * 32)
    first, home = author.addresses

    assert general.addresses[0].url(MOST_PAGES)
    assert general.addresses[0].url(MOST_PAGES + 1) is None
    assert (first.url(2) or "").endswith("page_no=2&uid=5")
    assert home.url(2) is None
