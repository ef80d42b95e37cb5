"""Archives to export from, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.export.sample_archives import Archive, create
from tests.store.conftest import server, url

__all__ = ["server", "url"]


@pytest.fixture
def archive(url: str | None, tmp_path: Path) -> Iterator[Archive]:
    """An empty archive, on SQLite and on PostgreSQL."""
    made = create(url, tmp_path / "data")
    yield made
    made.engine.dispose()


@pytest.fixture
def simple(tmp_path: Path) -> Iterator[Archive]:
    """An empty archive on SQLite, for what has nothing to do with the database."""
    made = create(None, tmp_path / "data")
    yield made
    made.engine.dispose()
