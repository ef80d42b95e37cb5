"""What can be asked for."""

from datetime import date
from typing import Any

import pytest

from guancha.exceptions import ArgumentError
from guancha.export.selection import Selection


def test_everything_is_read() -> None:
    parsed = Selection.parse(
        "articles",
        "2026-10-01",
        "2026-10-04",
        " CaiJing,GuoJi·ZhanLue,,CaiJing",
        all_revisions=True,
    )

    sections = ("CaiJing", "GuoJi·ZhanLue")
    assert parsed == Selection(
        "articles", date(2026, 10, 1), date(2026, 10, 4), sections, all_revisions=True
    )


def test_the_newest_of_all_is_the_default() -> None:
    assert Selection.parse("articles") == Selection("articles", None, None, (), all_revisions=False)


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"stream": "likes"}, "stream: expected articles, outcomes, .*, links, got 'likes'"),
        ({"stream": "posts", "section": "CaiJing"}, "--section: expected with articles"),
        ({"since": "昨天"}, "--since: expected YYYY-MM-DD, got '昨天'"),
        ({"until": "20261004"}, "--until: expected YYYY-MM-DD, got '20261004'"),
        ({"until": ""}, "--until: expected YYYY-MM-DD, got ''"),
        (
            {"since": "2026-10-05", "until": "2026-10-04"},
            "--since: expected a day not after --until",
        ),
        ({"section": "CaiJing,../etc"}, "--section: expected slugs .*, got '../etc'"),
        ({"section": " ,"}, "--section: expected slugs"),
        ({"stream": "links", "all_revisions": True}, "--all-revisions: expected with articles"),
        ({"stream": "outcomes", "all_revisions": False}, "--latest: expected with articles"),
    ],
)
def test_what_is_of_no_use_is_refused_in_words(given: dict[str, Any], word: str) -> None:
    with pytest.raises(ArgumentError, match=word):
        Selection.parse(**{"stream": "articles"} | given)
