"""What a page of twice the size costs: about 2 for each shape, where a square of the size would be 4.

Run as ``python -m bench.hostile``; prints a table, and exits 1 where a shape costs more than 3.5.
"""

import statistics
import sys
import time
from collections.abc import Callable

from bench.timing import keep
from guancha import saved, urls
from guancha.pages.pieces import Pieces
from tests.pages.builder import NOW, URL, Page, pager
from tests.pages.post_builder import POST, PostHtml, fragment

SIZE, ROUNDS, MOST = 10_000, 3, 3.5
LISTING = "https://www.guancha.cn/column/CaiJing"
HEADLINE = '<h4 class="module-title"><a href="/x/2020_01_02_{}.shtml">前事</a></h4>'

BODIES: dict[str, Callable[[int], str]] = {
    "plain paragraphs": lambda n: "<p>磨坊昨天又开了门。</p>" * n,
    "pictures between words": lambda n: "<p>" + "a<img src='/a.jpg'>" * n + "</p>",
    "bylines": lambda n: "<p>【文/张三】</p>" * n,
    "captions of one picture": lambda n: (
        "<img src='/a.jpg'>" + "<p><span style='color:#999'>图</span></p>" * n
    ),
    "links": lambda n: "<p>" + "<a href='/x/2020_01_02_3.shtml'>前事</a>" * n + "</p>",
    "opening brackets": lambda n: "<p>" + "（" * 50 * n + "</p>",
    "closing brackets": lambda n: "<p>" + "）" * 50 * n + "</p>",
    "spaces": lambda n: "<p>a" + "\u3000 " * 50 * n + "b</p>",
    "half a style": lambda n: "<p style='" + "display :" + " " * 100 * n + "'>a</p>",
    "clauses of a notice": lambda n: "<p>" + "未经授权不得转载，" * 5 * n + "</p>",
}
BELOW: dict[str, Callable[[int], str]] = {
    "lists in lists": lambda n: (
        '<div><ul><li class="left-main">' * 200 + '<div class="img-special"></div>' * n
    ),
    "pagers in pagers": lambda n: (
        '<div id="select_page">' * 300 + '<b class="module-page"></b>' * n
    ),
    "related links": lambda n: '<ul class="new-left-list"><li>' + HEADLINE.format(1) * n,
}


def two_pieces(size: int) -> None:
    """A split piece whose second page has the paragraphs of the first in reverse."""
    lines = [f"<p>第{number}段</p>" for number in range(size)]
    pieces = Pieces(Page(body="".join(lines), after=pager(2, full_text=False)).read())
    second = Page(body="".join(reversed(lines)), after=pager(2, 2, full_text=False))
    pieces.add(second.read(URL.replace(".shtml", "_2.shtml")))
    pieces.article()


def listing(size: int) -> None:
    """A listing of so many headlines next to each other."""
    items = "".join(map(HEADLINE.format, range(size)))
    saved.links(f"<html><body>{items}</body></html>".encode(), LISTING, NOW)


def post(size: int) -> None:
    """A reader's post with as many texts, writers and times."""
    parts = '<div class="article-txt-content"><p>磨坊</p></div><b class="user-main"><i class="time1"></i></b>'
    saved.post(PostHtml(after=parts * size).html, urls.post(POST), NOW)


def post_list(size: int) -> None:
    """A list of so many posts."""
    saved.posts(fragment(*range(1, size)).encode())


def _article(**parts: str) -> None:
    saved.record(Page(**parts).html, URL, NOW)


def seconds(work: Callable[[int], None], size: int) -> float:
    """The median processor time of some rounds."""
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work(size)
        times.append(time.process_time() - began)
    return statistics.median(times)


def main() -> int:
    """Prints the table."""
    works: dict[str, Callable[[int], None]] = {"split piece": two_pieces, "listing": listing}
    works |= {"post": post, "list of posts": post_list}
    for name, build in BODIES.items():
        works[name] = lambda n, build=build: _article(body=build(n))  # type: ignore[misc]
    for name, build in BELOW.items():
        works[name] = lambda n, build=build: _article(after=build(n))  # type: ignore[misc]
    worst, kept = 0.0, dict[str, float]()
    print(f"{'shape':26}{f'n = {SIZE}':>12}{f'n = {2 * SIZE}':>12}{'ratio':>8}")
    for name, work in works.items():
        once, twice = seconds(work, SIZE), seconds(work, 2 * SIZE)
        worst, kept[name] = max(worst, twice / once), twice / once
        print(f"{name:26}{once:10.3f} s{twice:10.3f} s{twice / once:8.2f}")
    keep("hostile", {"worst": worst, **kept})
    return int(worst > MOST)


if __name__ == "__main__":
    sys.exit(main())
