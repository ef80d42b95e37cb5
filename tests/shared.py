"""The real pages and data that lie beside the project: read at test time, never copied into it."""

import json
import os
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"

ARTICLES = (
    "article-2019-column",
    "article-2019-relay",
    "article-2022-reconstructed",
    "article-2026",
)
CRAWLED = datetime.fromisoformat("2026-10-05T12:00:00+08:00")
"""A time after that of every saved page."""
_BODY = '<div class="content all-txt">'


@cache
def read(name: str) -> bytes:
    """A file below the shared folder; where that is missing a skip, and a failure in CI."""
    path = SHARED / name
    if not path.is_file():
        missing = f"the real pages are not there: expected {SHARED} with {name} in it"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return path.read_bytes()


def page(name: str) -> bytes:
    """A saved page."""
    return read(f"pages/{name}.html")


def truth(name: str) -> dict[str, Any]:
    """What the hand-labelled record of a saved article says."""
    return dict(json.loads(read(f"pages/{name}.expected.json")))


def related(name: str) -> list[dict[str, Any]]:
    """The hand-labelled lists of a saved article."""
    return list(json.loads(read(f"pages/{name}.related.json")))


def columns() -> list[dict[str, Any]]:
    """The 39 real column articles: metadata and the inner HTML of each paragraph."""
    return rows("columnist-articles")


def rows(name: str) -> list[dict[str, Any]]:
    """The lines of a labelled file of data."""
    return [json.loads(line) for line in read(f"data/{name}.jsonl").splitlines()]


def wrapped(column: dict[str, Any]) -> bytes:
    """A column article in the skeleton of a real page, whose own body it replaces."""
    skeleton = page("article-2019-column").decode()
    head, _, rest = skeleton.partition(_BODY)
    tail = rest[rest.index("</div>") :]
    body = "".join(f"<p>\n{inner}</p>\n" for inner in column["paragraphs_html"])
    return (head + _BODY + body + tail).encode()
