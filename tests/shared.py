"""The real pages and data that lie beside the project: read at test time, never copied into it."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

URLS = {
    "article-2019-relay": "https://www.guancha.cn/industry-science/2019_09_07_516888.shtml",
    "article-2019-column": "https://www.guancha.cn/WangWen/2019_09_07_516891.shtml",
    "article-2026": "https://www.guancha.cn/ZhengZhi/2026_10_04_903180.shtml",
    "article-2022-reconstructed": "https://www.guancha.cn/internation/2022_02_09_625000.shtml",
}
"""The saved articles, under names of the files and under which addresses."""


@cache
def read(name: str) -> bytes:
    """A file below the shared folder; where that is missing, a skip, and a failure in CI."""
    path = SHARED / name
    if not path.is_file():
        missing = f"real pages are not there: expected {path}"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return path.read_bytes()


def page(name: str) -> bytes:
    """A saved page, without its ``.html``."""
    return read(f"pages/{name}.html")


def truth(name: str) -> Any:
    """A hand-labelled truth of a saved page, without its ``.json``."""
    return json.loads(read(f"pages/{name}.json"))


def rows(name: str) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines in the data."""
    return [json.loads(line) for line in read(f"data/{name}").decode().splitlines()]
