"""The labelled data beside the project: read at test time, never copied into it."""

from typing import Any

import pytest

from tests import shared


@pytest.fixture
def labelled_bylines() -> list[dict[str, Any]]:
    """Real bylines and what only looks like one: raw, authors."""
    return shared.rows("bylines")


@pytest.fixture
def column_articles() -> list[dict[str, Any]]:
    """Real column articles: metadata and each paragraph's inner HTML."""
    return shared.rows("columnist-articles")
