"""The labelled data beside the project: read at test time, never copied into it."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


def _rows(name: str) -> list[dict[str, Any]]:
    path = SHARED / name
    if not path.exists():
        missing = f"the labelled data is not there: {path}"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="session")
def labelled_bylines() -> list[dict[str, Any]]:
    """Real bylines and what only looks like one: raw, authors."""
    return _rows("bylines.jsonl")


@pytest.fixture(scope="session")
def column_articles() -> list[dict[str, Any]]:
    """Real column articles: metadata and each paragraph's inner HTML."""
    return _rows("columnist-articles.jsonl")
