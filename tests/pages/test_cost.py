"""What a hostile page of some megabytes may cost: seconds, where a square of its size would be minutes."""

import time

import pytest

from guancha.pages.pieces import Pieces
from tests.pages.builder import URL, Page, pager

LIMIT = 6
"""Seconds of one processor; each case takes about one."""
COUNT = 30_000
BODIES = {
    "pictures between words": "<p>" + "a<img src='/a.jpg'>" * COUNT + "</p>",
    "pictures between spaces": "<p>" + " <img src='/a.jpg'>" * COUNT + "</p>",
    "bylines": "<p>【文/张三】</p>" * COUNT,
    "captions of one picture": "<img src='/a.jpg'>"
    + "<p><span style='color:#999'>图</span></p>" * COUNT,
    "links": "<p>" + "<a href='/x/2020_01_02_3.shtml'>前事</a>" * COUNT + "</p>",
    "opening brackets": "<p>" + "（" * 50 * COUNT + "</p>",
    "closing brackets": "<p>" + "）" * 50 * COUNT + "</p>",
    "spaces": "<p>a" + "\u3000 " * 50 * COUNT + "b</p>",
    "half a style": "<p style='" + "display :" + " " * 100 * COUNT + "'>a</p>",
    "clauses of a notice": "<p>" + "未经授权不得转载，" * 5 * COUNT + "</p>",
}


@pytest.mark.parametrize("name", BODIES)
def test_a_body(name: str) -> None:
    began = time.process_time()
    Page(body=BODIES[name]).read().article()
    assert time.process_time() - began < LIMIT


def test_two_long_pieces() -> None:
    lines = [f"<p>第{number}段</p>" for number in range(COUNT // 2)]
    began = time.process_time()
    pieces = Pieces(Page(body="".join(lines), after=pager(2, full_text=False)).read())
    second = Page(body="".join(reversed(lines)), after=pager(2, 2, full_text=False))
    pieces.add(second.read(URL.replace(".shtml", "_2.shtml")))
    assert len(pieces.article().paragraphs) == 2 * len(lines) - 1
    assert time.process_time() - began < LIMIT
