"""Ends a run whose site refuses, challenges or fails more than in passing."""

from collections import Counter, deque
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, IgnoreRequest
from scrapy.http import Response
from scrapy.utils.misc import load_object

from guancha.extensions.robots import is_for_robots
from guancha.extensions.stop import is_stopping, stop
from guancha.items import Outcome
from guancha.rendering import CHALLENGES

REFUSED = "refused_by_site"
UNREACHABLE = "site_unreachable"
REFUSALS = frozenset({403, 429})
RELIEF = 0.5
"""What a success takes back of a failure's 1: more than one failure in three requests can't go on."""
REMEMBERED = 10
"""Of so many failures, the latest, the most frequent kind names the reason."""
ASKED_AGAIN = "retry/reason_count/answered_challenge"
"""Where Scrapy counts the challenges that were no outcome, since the page is asked for again."""


class Patience:
    """A leaky counter; as a downloader middleware next to the network it sees every single try.

    Refusals count each time. What looks like the site being down, 5xx or no answer, counts at the first
    try alone: the retries of a few broken pages gather at the end of a crawl, and say nothing new.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self.crawler = crawler
        self.no_answer = tuple(load_object(e) for e in settings.getlist("RETRY_EXCEPTIONS"))
        self.limit = settings.getfloat("REFUSALS_TO_STOP")
        self.level = 0.0
        self.served = 0
        self.reasons: deque[str] = deque(maxlen=REMEMBERED)
        self.noted = Counter[str]()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        patience = cls(crawler)
        crawler.signals.connect(patience.item_scraped, signal=signals.item_scraped)
        crawler.signals.connect(patience.spider_idle, signal=signals.spider_idle)
        return patience

    def process_request(self, request: Request) -> None:
        """Lets nothing out once the run is stopping."""
        if is_stopping(self.crawler):
            raise IgnoreRequest(f"the run is stopping before {request.url}")

    def process_response(self, request: Request, response: Response) -> Response:
        self._note_asked_again()
        if response.status in REFUSALS:
            self._failed(REFUSED)
        elif response.status >= 500:
            self._unreachable(request)
        else:
            self.served += not is_for_robots(request)
            self.level = max(0.0, self.level - RELIEF)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        if isinstance(exception, self.no_answer):
            self._unreachable(request)

    def item_scraped(self, item: object) -> None:
        """Hears of the challenges that were not asked for again."""
        if isinstance(item, Outcome) and item.kind == "challenge":
            self._challenged()

    def spider_idle(self) -> None:
        """Gives a run its true reason that had too little to ask for, and was served nothing at all."""
        self._note_asked_again()
        if self.served <= 0 and self.reasons:
            raise CloseSpider(self._reason())

    def _note_asked_again(self) -> None:
        for _ in range(self._new(ASKED_AGAIN)):
            self._challenged()
        for _ in range(self._new(CHALLENGES)):
            # No success, and no refusal yet: the browser is asked first.
            self.served -= 1
            self.level += RELIEF

    def _new(self, stat: str) -> int:
        assert self.crawler.stats is not None
        counted: int = self.crawler.stats.get_value(stat, 0)
        new = counted - self.noted[stat]
        self.noted[stat] = counted
        return new

    def _challenged(self) -> None:
        # It came with status 200, and was taken for a success.
        self.served -= 1
        self._failed(REFUSED, 1 + RELIEF)

    def _unreachable(self, request: Request) -> None:
        if not request.meta.get("retry_times"):
            self._failed(UNREACHABLE)

    def _failed(self, reason: str, weight: float = 1.0) -> None:
        self.level += weight
        self.reasons.append(reason)
        if self.level >= self.limit:
            latest = f"{self.level:g} refusals and failures outweigh the successes"
            stop(self.crawler, self._reason(), latest)

    def _reason(self) -> str:
        return Counter(self.reasons).most_common(1)[0][0]
