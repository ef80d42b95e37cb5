"""What the extraction of an article costs: as a multiple of what lxml takes to parse the same bytes.

Run as ``python -m bench.extraction``; prints a row for ours and each peer (``bench/requirements.txt``), in
processor time, and exits 1 where ours takes more than 2 times the parse on the four labelled pages. Those are
as the site serves them, their comment widgets empty; the columns are 39 real texts in the skeleton of a page.
Without the real pages, which lie beside the project, it exits 2. Takes some minutes.
"""

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from lxml import etree
from scrapy.http import HtmlResponse

from bench.peers import Work, peers
from bench.timing import Spread, interleaved, keep, ratio
from guancha import urls
from guancha.pages.article import ArticlePage
from guancha.pages.classify import classify
from replica.__main__ import whole
from tests import shared

MOST = 2.0
FAST = 8
"""Times as many rounds for us, and apart from the peers: each of their turns is a hundred of the parse's."""
PARSE, OURS = "lxml parse", "guancha"
Pages = Sequence[tuple[bytes, str]]
"""Bytes and URL of each."""


@dataclass(frozen=True)
class Cost:
    """What a page costs, round by round."""

    milliseconds: Spread
    times_the_parse: Spread


def emptied(body: bytes) -> bytes:
    """The page as the site serves it: what its script has put into the widget of comments is gone."""
    root = etree.fromstring(body, etree.HTMLParser(encoding="utf-8", huge_tree=True))
    for widget in root.xpath("//*[@id='comments-container']"):
        widget[:], widget.text = [], None
    return b"<!DOCTYPE html>\n" + etree.tostring(root, encoding="utf-8", method="html")


def sets() -> dict[str, Pages]:
    """The pages that are timed together."""
    labelled = [(emptied(shared.page(n)), str(shared.truth(n)["url"])) for n in shared.ARTICLES]
    _, url = labelled[0]
    return {
        f"{len(labelled)} pages": labelled,
        "39 columns": [(shared.wrapped(column), url) for column in shared.columns()],
    }


def parse(body: bytes, _: str) -> None:
    """``lxml.etree.fromstring(body, HTMLParser())``, told the encoding: the least that any of them does."""
    etree.fromstring(body, etree.HTMLParser(encoding="utf-8", huge_tree=True))


def extract(body: bytes, url: str) -> None:
    """What the crawl does with a page: told what it is, then all fields, cleaned by the item loader."""
    requested = urls.article(url)
    page = classify(HtmlResponse(requested.address, body=body), requested, shared.CRAWLED)
    assert isinstance(page, ArticlePage)
    assert page.article().paragraphs


def all_of(work: Work, pages: Pages) -> None:
    """One turn."""
    for body, url in pages:
        work(body, url)


def compared(works: Mapping[str, Work], pages: Pages, rounds: int) -> dict[str, Cost]:
    """Name -> milliseconds for a page, and the multiple of the parse."""
    turns: dict[str, Callable[[], None]] = {n: partial(all_of, w, pages) for n, w in works.items()}
    # What is read or built at the first use is no part of it.
    interleaved(turns, 1)
    taken = interleaved(turns, rounds, time.process_time)
    return {
        name: Cost(
            Spread.of([second * 1000 / len(pages) for second in seconds]),
            ratio(seconds, taken[PARSE]),
        )
        for name, seconds in taken.items()
    }


def main() -> int:
    """Prints the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.extraction", description=__doc__)
    parser.add_argument("--rounds", type=whole(2, 1000), default=7, help="of each (default 7)")
    options = parser.parse_args()
    if not shared.SHARED.is_dir():
        print(f"the real pages are not there: expected {shared.SHARED}", file=sys.stderr)
        return 2
    slow = {PARSE: parse, **dict(peers())}
    found = {}
    for name, pages in sets().items():
        ours = compared({PARSE: parse, OURS: extract}, pages, options.rounds * FAST)
        rest = compared(slow, pages, options.rounds)
        found[name] = ours | rest | {PARSE: ours[PARSE]}
        print(f"\n{name:20}{'a page':>28}{'times the parse':>24}")
        for work, cost in found[name].items():
            times, each = cost.times_the_parse.words(), cost.milliseconds.words(2, "ms")
            print(f"{work:20}{each:>28}{times:>24}", flush=True)
    keep("extraction", found)
    labelled, *_ = found.values()
    return int(labelled[OURS].times_the_parse.median > MOST)


if __name__ == "__main__":
    sys.exit(main())
