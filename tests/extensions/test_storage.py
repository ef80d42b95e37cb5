"""Items that wait for the archive go in together; one that can't be taken in costs none before it."""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from scrapy.exceptions import CloseSpider
from sqlalchemy import Engine as Database
from sqlalchemy import event

from guancha.extensions.storage import Storage
from guancha.items import Item
from guancha.store.scope import Scope
from guancha.store.store import Store
from tests.extensions.storing import Engine, Test, with_storage
from tests.store.conftest import NOW, written
from tests.store.records import target, visit

Run = Callable[[Test], None]


@contextmanager
def held(storage: Storage) -> Iterator[None]:
    """Keeps the store's thread busy."""
    go_on = threading.Event()
    storage.thread.submit(go_on.wait)
    try:
        yield
    finally:
        go_on.set()


async def committed(storage: Storage, *items: Item) -> list[Any]:
    """What becomes of items that come while the store is busy with something else."""
    with held(storage):
        commits = [asyncio.ensure_future(storage.commit(item)) for item in items]
        await asyncio.sleep(0)
    return await asyncio.gather(*commits, return_exceptions=True)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a test with an archive that knows the articles 1 to 3."""

    async def begin(storage: Storage, test: Test) -> None:
        await storage.call(Store.admit, [target(n) for n in (1, 2, 3)], Scope(), NOW)
        await test(storage)

    return lambda test: with_storage(tmp_path / "data", lambda storage: begin(storage, test))


def test_what_waits_is_one_transaction(run: Run) -> None:
    async def test(storage: Storage) -> None:
        commits: list[int] = []
        event.listen(Database, "commit", note := lambda _: commits.append(1))
        done = await committed(storage, visit(3), visit(1), visit(2))
        event.remove(Database, "commit", note)

        assert [each.records[0].article_id for each in done] == ["3", "1", "2"]
        assert len(commits) == 1
        lines = await storage.call(written, "articles")
        assert [line["article_id"] for line in lines] == ["3", "1", "2"]

    run(test)


def test_one_that_can_not_be_taken_in_costs_no_other(run: Run, tmp_path: Path) -> None:
    async def test(storage: Storage) -> None:
        first, *others = await committed(storage, visit(1), visit(9), visit(2))

        assert [each.article_id for each in first.records] == ["1"]
        assert [type(each) for each in others] == [CloseSpider, CloseSpider]
        assert Engine.reasons == ["archive_failed"]
        with pytest.raises(CloseSpider):
            await storage.commit(visit(3))

    run(test)
    (kept,) = (tmp_path / "data/articles").glob("*.jsonl")
    assert [json.loads(line)["article_id"] for line in kept.open()] == ["1"]
