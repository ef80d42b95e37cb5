"""What the captures of an article yield: the same items, in the same order, as the crawl that made them."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scrapy.http import Response

from guancha import clock, requests, urls
from guancha.items import Outcome, Sighting, Visit
from guancha.pages.answered import Moved
from guancha.pages.article import ArticlePage
from guancha.pages.classify import classify
from guancha.pages.pieces import Pieces
from guancha.pipelines.pseudonymise import without_numbers
from guancha.soundness import find_faults, refused
from guancha.store.past import Event
from guancha.store.states import PASSING, SOONEST
from guancha.targets import Target
from guancha.urls import ArticleUrl
from guancha.warc.captures import Capture, Note

NEAR = timedelta(hours=1)
"""From the first page of a piece to its last: a crawl asks for them one after the other."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A capture that is not read yet."""

    page: ArticleUrl
    date: datetime
    note: Note
    load: Callable[[], Capture | None]
    """None where it can't be read after all; that is counted elsewhere."""

    @property
    def asked(self) -> ArticleUrl | None:
        """The page of the same article that was asked for first, if the site has sent us on."""
        asked = self.note.asked and urls.find_article(self.note.asked)
        return asked if asked and asked.article_id == self.page.article_id else None

    @property
    def target(self) -> Target:
        """The article, as the crawl had found it."""
        first = (self.asked or self.page).first
        return Target(first, self.note.list_title, self.note.hops, self.note.origin)


class Visits:
    """One article's captures on their way to items; ``is_plain`` keeps readers' numbers in addresses."""

    def __init__(self, captures: Sequence[Answered], *, is_plain: bool = False) -> None:
        self.is_plain = is_plain
        self.passed: Counter[str] = Counter()
        """Reason -> captures that yield nothing by themselves."""
        self._firsts = [each for each in captures if each.page.page is None]
        self._others = [each for each in captures if each.page.page is not None]

    def events(self) -> Iterator[Event]:
        """In order of time."""
        # Listings and other articles have named all its addresses, we don't know when. With some of them
        # unknown, the article would be told as deleted while others were never looked at.
        others = {each.page.canonical: Target(each.page.first) for each in self._firsts}
        ends = [*(each.date for each in self._firsts[1:]), None]
        for first, until in zip(self._firsts, ends, strict=False):
            event = self._event(first, until)
            if event is not None:
                item = event.item if self.is_plain else without_numbers(event.item)
                named = {target.article.canonical: target for target in event.targets}
                yield Event(event.date, item, [*(named | (others | named)).values()])
                others.clear()
        self.passed["page without its first"] += len(self._others)

    def _event(self, first: Answered, until: datetime | None) -> Event | None:
        capture = first.load()
        if capture is None:
            return None
        if capture.status == requests.NOT_MODIFIED:
            seen = clock.stamp(first.date)
            sighting = Sighting(first.page.article_id, first.page.canonical, seen)
            return Event(first.date, sighting, [first.target])
        response = _response(capture)
        answer = classify(response, first.page, first.date)
        if isinstance(answer, ArticlePage):
            return self._visit(first, response, Pieces(answer), until)
        if isinstance(answer, Moved):
            return self._moved(first)
        if _is_repeated(answer, first.date, until):
            self.passed["asked for again"] += 1
            return None
        address = (first.asked or first.page).address
        return Event(first.date, replace(answer, url=address), [first.target])

    def _moved(self, first: Answered) -> Event | None:
        if first.asked is None:
            self.passed["moved"] += 1
            return None
        circle = requests.circle(first.asked.address, first.date, first.page.article_id)
        return Event(first.date, circle, [first.target])

    def _visit(
        self, first: Answered, response: Response, pieces: Pieces, until: datetime | None
    ) -> Event:
        last = first.date
        while pieces.wanted:
            page, date = self._piece(pieces.wanted[0], first.date, until)
            pieces.add(page)
            last = max(last, date or last)
        article = pieces.article()
        faults = find_faults(article, first.date)
        item = refused(article, faults) if faults else Visit(article, requests.answer(response))
        return Event(last, item, [first.target])

    def _piece(
        self, wanted: ArticleUrl, since: datetime, until: datetime | None
    ) -> tuple[ArticlePage | None, datetime | None]:
        """A further page as the visit had it: its first answer between this and the next one that is one."""
        date = None
        for each in self._near(wanted, since, until):
            self._others.remove(each)
            capture, date = each.load(), each.date
            page = capture and classify(_response(capture), wanted, each.date)
            if isinstance(page, ArticlePage):
                return page, date
            if isinstance(page, Outcome) and page.kind not in PASSING:
                break
        return None, date

    def _near(self, wanted: ArticleUrl, since: datetime, until: datetime | None) -> list[Answered]:
        """The answers that may belong to a visit: those behind its first page, then those before it."""
        same = [each for each in self._others if each.page.page == wanted.page]
        near = [e for e in same if abs(e.date - since) <= NEAR and not (until and e.date >= until)]
        behind = [each for each in near if each.date >= since]
        return [*behind, *(each for each in reversed(near) if each.date < since)]


def _is_repeated(outcome: Outcome, date: datetime, until: datetime | None) -> bool:
    """Whether the same page was asked for again soon: a passing fault is told at the end alone."""
    return outcome.kind in PASSING and until is not None and until - date < SOONEST


def _response(capture: Capture) -> Response:
    headers: dict[str, list[str]] = {}
    for name, value in capture.headers:
        headers.setdefault(name, []).append(value)
    return Response(capture.url, capture.status, headers, capture.body)
