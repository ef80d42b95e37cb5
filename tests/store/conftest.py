"""Archives on SQLite and on a real PostgreSQL: the same tests for both."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from guancha.store.store import Store
from tests import postgres

NOW = datetime.fromisoformat("2026-10-05T20:00:00+08:00")
_numbers = count()
Opened = Callable[[], Store]


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    with postgres.server() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str | None:
    """A new, empty database; None for a file in the data directory."""
    if request.param == "sqlite":
        return None
    running: postgres.Server = request.getfixturevalue("server")
    return running.url(f"archive{next(_numbers)}")


@pytest.fixture
def opened(url: str | None, tmp_path: Path) -> Iterator[Opened]:
    """Opens the one archive of a test, again and again; closes what is open at the end."""
    stores: list[Store] = []

    def open_store() -> Store:
        while stores:
            stores.pop().close()
        stores.append(Store(url, tmp_path / "data", max_tries=2))
        return stores[0]

    yield open_store
    while stores:
        stores.pop().close()


def later(**time: float) -> datetime:
    return NOW + timedelta(**time)


def written(store: Store, stream: str) -> list[dict[str, Any]]:
    """The records of a stream, as its files have them."""
    files = sorted((store.projection.root / stream).glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
