"""The 39 real column articles: what is text stays, in order; what is not stands where it belongs."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import pytest

from guancha import saved
from guancha.items import Article
from tests import shared

BYLINE = re.compile(
    r"【(?:文|视频|采访|整理)/[^】]{2,60}】|（(?:观察者网.{2,4}译自.+|整理/观察者网 .+)）"
    r"|(?:主笔|编辑)：.{3}"
)
NOTICE = re.compile(r"本文系观察者网独家稿件.*|本文转自《.*")
GREY = re.compile(
    r"(?:\s*<span style=\"color:#(?:666666|999999);\">[^<]*(?:<br>)?\s*(?:</span>)?\s*)+"
)


@dataclass
class Sorted:
    """Paragraphs told apart by their source alone."""

    paragraphs: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    bylines: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def plain(inner: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", inner)).split())


def sort(column: dict[str, Any]) -> Sorted:
    found, below_picture = Sorted(), False
    for inner in column["paragraphs_html"]:
        text = plain(inner)
        if NOTICE.fullmatch(text):
            found.notices.append(text)
        elif BYLINE.fullmatch(text):
            found.bylines.append(text)
        # A grey line without a picture (the data has lost some) can't be a caption.
        elif GREY.fullmatch(inner) and below_picture:
            found.captions.append(text)
        elif text:
            found.paragraphs.append(text)
        if text and not GREY.fullmatch(inner):
            below_picture = False
        below_picture |= "<img" in inner or "<iframe" in inner
    return found


@pytest.mark.parametrize("number", range(39))
def test_a_column_article(number: int) -> None:
    column = shared.columns()[number]
    expected = sort(column)
    article = saved.record(shared.wrapped(column), column["url"], shared.CRAWLED)
    assert isinstance(article, Article)
    assert article.paragraphs == expected.paragraphs
    media = sorted([*article.images, *article.videos], key=lambda each: each.position)
    captions = [each.caption for each in media if each.caption]
    assert " ".join(captions) == " ".join(expected.captions)
    assert (article.byline or "") == " ".join(expected.bylines)
    # Those of the skeleton come after.
    assert article.notices[: len(expected.notices)] == expected.notices
    assert len(article.notices) == len(expected.notices) + 2
    assert article.is_complete


def test_all_of_them() -> None:
    found = [sort(column) for column in shared.columns()]
    assert len(found) == 39
    assert sum(len(each.paragraphs) for each in found) > 1500
    assert sum(len(each.captions) for each in found) > 150
