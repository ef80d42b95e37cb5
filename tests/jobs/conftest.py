"""A site for the jobs of a test, and a database server for their ledger."""

from collections.abc import Iterator

import pytest

from tests.store.conftest import server, url
from tests.store.crawls import serving

__all__ = ["server", "site", "url"]
ARTICLES = 25


@pytest.fixture(scope="session")
def site() -> Iterator[dict[str, str]]:
    with serving(ARTICLES) as running:
        yield running
