"""Links beside an article: those that can tell the archive nothing more cost no look at it."""

from pathlib import Path
from typing import Any

import pytest

from guancha.arguments.articles import ArticlesArguments
from guancha.extensions.storage import Storage
from guancha.frontier import Frontier
from guancha.items import Article, Related
from guancha.store.store import Store
from tests.extensions.storing import with_storage
from tests.store.conftest import written
from tests.store.records import URL, article, target, visit


def beside(*links: tuple[int, str]) -> Article:
    entries = [
        Related("hot", str(number), URL.format(slug, number), "题", None, None, None)
        for number, slug in links
    ]
    return article(1, related=entries)


def test_links_that_are_known_cost_no_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []
    admit = Store.admit

    def counted(store: Store, found: Any, *more: Any) -> Any:
        looked.append(len(found))
        return admit(store, found, *more)

    monkeypatch.setattr(Store, "admit", counted)

    async def test(storage: Storage) -> None:
        frontier = Frontier(ArticlesArguments(), storage)
        await frontier.admit([target(1), target(2)])
        page, refused = beside((1, "CaiJing"), (2, "CaiJing"), (3, "CaiJing")), []
        for _ in range(2):
            found = await frontier.admit_beside(page, target(1))
            refused.append((len(found.wanted), found.refused["known"]))
        # At another address it is told, whatever is known of the article.
        await frontier.admit_beside(beside((2, "WangWu")), target(1))
        await storage.commit(visit(2))

        assert refused == [(1, 2), (0, 3)]
        assert looked == [2, 1, 1]
        (line,) = await storage.call(written, "articles")
        assert line["alternate_urls"] == [URL.format("WangWu", 2)]

    with_storage(tmp_path / "data", test)
