"""A page that was cut on the way is an error, and never passes for a shorter article."""

import pytest

from guancha import saved
from guancha.items import Article, Outcome
from tests import shared

STEP = 500
# The keeper of this page cut it himself, right behind the comment box, which closes every article.
CUT_BY_ITS_KEEPER = "article-2026"
CLOSED = {
    "article-2019-column": b"</html>",
    "article-2019-relay": b"</html>",
    "article-2022-reconstructed": b"</html>",
    CUT_BY_ITS_KEEPER: b'id="comments-container"',
}


def cut(page: bytes, size: int) -> bytes:
    """The page's beginning, without the half of a character: only the mark-up may tell."""
    return page[:size].decode("utf-8", "ignore").encode()


@pytest.mark.parametrize("name", shared.ARTICLES)
def test_cut_anywhere(name: str) -> None:
    page, url = shared.page(name), shared.truth(name)["url"]
    whole = saved.record(page, url, shared.CRAWLED)
    assert isinstance(whole, Article)
    end = page.rindex(CLOSED[name])
    for size in range(0, len(page), STEP):
        record = saved.record(cut(page, size), url, shared.CRAWLED)
        if isinstance(record, Article):
            assert size > end
            assert record == whole
        else:
            assert record.kind == "error", size


def test_cut_behind_the_comment_box() -> None:
    page, url = shared.page(CUT_BY_ITS_KEEPER), shared.truth(CUT_BY_ITS_KEEPER)["url"]
    end = page.index(b"</div>", page.index(CLOSED[CUT_BY_ITS_KEEPER]))
    inside = saved.record(page[:end], url, shared.CRAWLED)
    assert isinstance(inside, Outcome)
    behind = saved.record(page[:end] + b"</div>", url, shared.CRAWLED)
    assert behind == saved.record(page, url, shared.CRAWLED)


@pytest.mark.parametrize("name", shared.ARTICLES)
def test_cut_in_the_middle_of_a_character(name: str) -> None:
    page, url = shared.page(name), shared.truth(name)["url"]
    middle = page.index(shared.truth(name)["title"].encode()) + 1
    record = saved.record(page[:middle], url, shared.CRAWLED)
    assert isinstance(record, Outcome)
    assert record.kind == "error"


def test_the_home_page_cut_anywhere_is_no_listing_of_an_article() -> None:
    page = shared.page("home-2020")
    url = shared.truth("article-2026")["url"]
    for size in range(0, len(page), 40 * STEP):
        record = saved.record(cut(page, size), url, shared.CRAWLED)
        assert isinstance(record, Outcome)
        assert record.kind in ("error", "gone")
