"""Nothing of a body is lost or doubled: each visible character lands in exactly one place."""

import pytest

from guancha import urls
from guancha.pages.article import ArticlePage
from guancha.pages.document import parse
from replica.articles import facts
from replica.pages.article import article_html
from replica.timeline import World
from tests import shared
from tests.pages.visible import characters, count

URL = urls.article("https://www.guancha.cn/politics/2026_10_04_903200.shtml")
WORLDS = {era: World(7, 240, era=era) for era in ("2019", "2026")}
ENTRIES = [
    (era, entry)
    for era, world in WORLDS.items()
    for entry in range(60, 124)
    if not world.is_stub(entry)
]


def assert_conserved(page: bytes) -> None:
    body = ArticlePage(URL, parse(page), shared.CRAWLED).body()
    places = (body.paragraphs, body.captions, body.bylines, body.notices, body.discarded)
    found = count([text for place in places for text in place])
    assert found == characters(page)
    assert found


@pytest.mark.parametrize("name", shared.ARTICLES)
def test_real_pages(name: str) -> None:
    assert_conserved(shared.page(name))


@pytest.mark.parametrize("number", range(39))
def test_real_bodies(number: int) -> None:
    assert_conserved(shared.wrapped(shared.columns()[number]))


@pytest.mark.parametrize(("era", "entry"), ENTRIES)
def test_pages_of_the_replica(era: str, entry: int) -> None:
    article = facts(WORLDS[era], entry)
    pages = [None, *range(1, len(article.body.pages) + 1)]
    for page in pages:
        html = article_html(WORLDS[era], article, page).encode()
        if characters(html):  # a part may hold nothing but pictures
            assert_conserved(html)
