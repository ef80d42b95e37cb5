"""Split pieces: which pages are asked for, and when the article counts as complete."""

import pytest

from guancha import urls
from guancha.items import Article
from guancha.pages.article import ArticlePage
from guancha.pages.pieces import Pieces
from tests.pages.builder import URL, Page, pager

LINES = [f"第{number}段，磨坊的事还长。" for number in range(1, 10)]
CLOSING = "本文系观察者网独家稿件，未经授权，不得转载。"


def body(*numbers: int) -> str:
    return "".join(f"<p>{LINES[number - 1]}</p>" for number in numbers)


def page(text: str, current: int, *, count: int = 3, full_text: bool = False) -> ArticlePage:
    suffix = "" if current == 1 else f"_{current}"
    html = Page(body=text, after=pager(count, current, full_text=full_text))
    return html.read(URL.replace(".shtml", f"{suffix}.shtml"))


def whole(text: str) -> ArticlePage:
    return Page(body=text).read(URL.replace(".shtml", "_s.shtml"))


def completed(*answers: ArticlePage | None, asked: list[str]) -> Article:
    first, *others = answers
    assert first is not None
    pieces = Pieces(first)
    seen = []
    for answer in others:
        seen.append(str(pieces.wanted[0].page))
        pieces.add(answer)
    assert seen == asked
    assert not pieces.wanted
    return pieces.article()


def test_a_page_without_a_pager_is_whole() -> None:
    assert not Pieces(Page().read()).wanted


def test_the_full_text_is_preferred() -> None:
    first = page(body(1, 2), 1, full_text=True)
    article = completed(first, whole(body(1, 2, 3, 4)), asked=["s"])
    assert article.paragraphs == LINES[:4]
    assert (article.page_count, article.is_complete) == (3, True)
    assert article.url == URL


def test_numbered_pages_are_joined_in_order() -> None:
    answers = [page(body(1, 2), 1), page(body(3, 4), 2), page(body(5), 3)]
    article = completed(*answers, asked=["2", "3"])
    assert article.paragraphs == LINES[:5]
    assert article.is_complete


def test_without_the_full_text_the_numbers_are_asked() -> None:
    first = page(body(1, 2), 1, full_text=True)
    article = completed(first, None, page(body(3), 2), page(body(4), 3), asked=["s", "2", "3"])
    assert article.paragraphs == LINES[:4]
    assert article.is_complete


def test_a_full_text_that_is_the_first_page_again_is_not_believed() -> None:
    first = page(body(1, 2), 1, count=2, full_text=True)
    again = Page(body=body(1, 2), after=pager(2)).read(URL.replace(".shtml", "_s.shtml"))
    article = completed(first, again, page(body(3), 2, count=2), asked=["s", "2"])
    assert article.paragraphs == LINES[:3]
    assert article.is_complete
    article = completed(first, again, None, asked=["s", "2"])
    assert (article.paragraphs, article.is_complete) == (LINES[:2], False)


def test_a_second_page_that_is_the_first_again_is_not_believed() -> None:
    first = page(body(1, 2), 1)
    article = completed(first, first, page(body(5), 3), asked=["2", "3"])
    assert article.paragraphs == [*LINES[:2], LINES[4]]
    assert not article.is_complete


@pytest.mark.parametrize("missing", [2, 3])
def test_a_missing_page_leaves_it_incomplete(missing: int) -> None:
    first = page(body(1, 2), 1)
    others = [None if n == missing else page(body(n + 1), n) for n in (2, 3)]
    article = completed(first, *others, asked=["2", "3"])
    assert (article.page_count, article.is_complete) == (3, False)
    assert len(article.paragraphs) == 3


def test_an_empty_page_is_a_missing_one() -> None:
    answers = [page(body(1, 2), 1, count=2), page("", 2, count=2)]
    assert not completed(*answers, asked=["2"]).is_complete


@pytest.mark.parametrize(
    ("second", "paragraphs"),
    [
        (body(2, 3), LINES[:3]),
        (body(1, 2, 3), LINES[:3]),
        (body(3, 2, 4), [*LINES[:3], LINES[1], LINES[3]]),
    ],
)
def test_what_the_next_page_repeats_is_said_once(second: str, paragraphs: list[str]) -> None:
    answers = [page(body(1, 2), 1, count=2), page(second, 2, count=2)]
    assert completed(*answers, asked=["2"]).paragraphs == paragraphs


def test_pictures_links_and_bylines_keep_their_places() -> None:
    picture = '<p><img src="https://i.guancha.cn/a.jpg"></p><p><span style="color:#999999">岸边</span></p>'
    link = '<p><a href="/x/2020_01_02_3.shtml">前事</a>见此。</p>'
    opening, closing = (
        "<p>【文/观察者网 张三】</p>",
        f"<p>（整理/李四）</p><p><strong>{CLOSING}</strong></p>",
    )
    article = completed(
        page(opening + body(1), 1, count=2),
        page(body(2) + picture + link + closing, 2, count=2),
        asked=["2"],
    )
    assert article.byline == "【文/观察者网 张三】 （整理/李四）"
    assert [(image.caption, image.position) for image in article.images] == [("岸边", 2)]
    assert [(found.text, found.paragraph) for found in article.links] == [("前事", 2)]
    assert (article.notices, article.is_exclusive) == ([CLOSING], True)


def test_a_pager_that_promises_the_moon_is_bounded() -> None:
    after = '<div id="select_page"><div class="module-page"><a href="/WangWu/2020_03_04_500100_999.shtml">'
    first = Page(after=f"{after}999</a></div></div>").read()
    assert len(Pieces(first).wanted) < 200


def test_the_pages_of_another_article_are_none_of_its_own() -> None:
    first = Page(after=pager(2).replace("_500100_", "_7_")).read()
    assert first.is_whole
    assert urls.article(URL) == first.url


def test_a_pager_that_shows_only_the_pages_near_by_grows() -> None:
    article = completed(
        page(body(1), 1, count=2),
        page(body(2), 2, count=3),
        page(body(3), 3, count=4),
        page(body(4), 4, count=4),
        asked=["2", "3", "4"],
    )
    assert article.paragraphs == LINES[:4]
    assert (article.page_count, article.is_complete) == (4, True)


def test_a_first_page_with_an_advert_more_is_not_the_full_text() -> None:
    advert = "<p><img src='/advert.jpg'></p>"
    first = page(body(1, 2), 1, count=2, full_text=True)
    again = whole(body(1, 2) + advert)
    article = completed(first, again, page(body(3), 2, count=2), asked=["s", "2"])
    assert article.paragraphs == [LINES[0], LINES[1], LINES[2]]


def test_a_full_text_in_fewer_blocks_is_believed() -> None:
    first = page("<p><img src='/advert.jpg'></p>" * 4 + body(1), 1, count=2, full_text=True)
    article = completed(first, whole(body(1, 2)), asked=["s"])
    assert article.paragraphs == LINES[:2]
    assert article.is_complete


def test_a_notice_at_the_end_of_every_page_says_nothing_of_the_full_text() -> None:
    notice = f"<p>{CLOSING}</p>"
    first = page(body(1) + notice, 1, count=2, full_text=True)
    article = completed(first, whole(body(1, 2) + notice), asked=["s"])
    assert article.paragraphs == LINES[:2]
    assert article.is_complete
