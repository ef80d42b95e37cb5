"""Judges a run when it has ended, and tells whoever wants to know: ledger, report, metrics, log."""

import logging
from datetime import timedelta
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

from guancha import clock
from guancha.exceptions import GuanchaError
from guancha.extensions.options import read_number, read_share, read_shares
from guancha.extensions.storage import Storage
from guancha.figures import Figures
from guancha.store.runs import Ended
from guancha.store.store import Store
from guancha.verdict import DEGRADED, FAILED, OK, Floors, Reason, Verdict, judge

VERDICT = "verdict"
"""The stat that says what became of the run: ok, degraded or failed."""
LOG_LEVELS = {OK: logging.INFO, DEGRADED: logging.WARNING, FAILED: logging.ERROR}
logger = logging.getLogger(__name__)


class Ending:
    """The last that a run does: no request is under way any more, and no item."""

    def __init__(self, crawler: Crawler) -> None:
        assert crawler.stats is not None
        settings = crawler.settings
        self.crawler, self.stats, self.started = crawler, crawler.stats, clock.now()
        self.floors = Floors(
            fields=read_shares(settings, "FIELD_FLOORS"),
            drop=read_share(settings, "FIELD_DROP"),
            articles=read_share(settings, "ARTICLES_LEAST"),
            listings=read_share(settings, "LISTINGS_LEAST"),
            shown=read_share(settings, "SHOWN_LEAST"),
            incomplete=read_share(settings, "INCOMPLETE_MOST"),
            outcomes=read_shares(settings, "OUTCOMES_MOST"),
        )
        self.most_runs = read_number(settings, "BASELINE_RUNS", least=0)
        self.oldest = timedelta(days=read_number(settings, "BASELINE_DAYS", least=0))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        ending = cls(crawler)
        crawler.signals.connect(ending.engine_stopped, signal=signals.engine_stopped)
        return ending

    async def engine_stopped(self) -> None:
        storage = self.crawler.get_extension(Storage)
        assert storage is not None
        figures = Figures.of(self.stats.get_stats(), clock.stamp(self.started))
        verdict = judge(figures, [], self.floors)

        def note(store: Store) -> Verdict:
            alike = store.runs_alike(storage.begun, clock.now() - self.oldest, self.most_runs)
            found = judge(figures, [Figures.read(run.figures) for run in alike], self.floors)
            ended = Ended(figures.reason, found.level, found.words, figures.kept())
            store.end(storage.run_id, ended, clock.now())
            return found

        try:
            verdict = await storage.finish(note) or verdict
        except GuanchaError as error:
            verdict = Verdict((*verdict.reasons, Reason(FAILED, str(error))))
        self.stats.set_value(VERDICT, verdict.level)
        logger.log(LOG_LEVELS[verdict.level], "%s: %s", verdict.level, figures.summary())
        for reason in verdict.ranked:
            logger.log(LOG_LEVELS[reason.level], "%s: %s", reason.level, reason.words)
