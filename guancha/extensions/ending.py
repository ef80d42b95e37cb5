"""Judges a run when it has ended, and tells whoever wants to know: ledger, report, metrics, log."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

from guancha import clock
from guancha.exceptions import GuanchaError
from guancha.extensions.options import read_floors, read_number
from guancha.extensions.storage import Storage
from guancha.extensions.telling import tell
from guancha.figures import Figures
from guancha.store.runs import Ended, Run
from guancha.store.store import Store
from guancha.verdict.judge import judge
from guancha.verdict.reasons import DEGRADED, FAILED, OK, Reason, Verdict

VERDICT = "verdict"
"""The stat that says what became of the run: ok, degraded or failed."""
UNTOLD = Reason(FAILED, "it could not be told of: see the log")
LOG_LEVELS = {OK: logging.INFO, DEGRADED: logging.WARNING, FAILED: logging.ERROR}
logger = logging.getLogger(__name__)


class Ending:
    """The last that a run does: no request is under way any more, and no item."""

    def __init__(self, crawler: Crawler) -> None:
        assert crawler.stats is not None
        settings = crawler.settings
        self.crawler, self.stats, self.started = crawler, crawler.stats, clock.now()
        self.floors = read_floors(settings)
        self.most_runs = read_number(settings, "BASELINE_RUNS", least=0, most=10_000)
        self.oldest = timedelta(days=read_number(settings, "BASELINE_DAYS", least=0, most=36500))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        ending = cls(crawler)
        crawler.signals.connect(ending.engine_stopped, signal=signals.engine_stopped)
        return ending

    async def engine_stopped(self) -> None:
        storage = self.crawler.get_extension(Storage)
        assert storage is not None
        assert self.crawler.spider is not None
        spider, started, now = self.crawler.spider.name, clock.stamp(self.started), clock.now()
        figures = Figures.of(self.stats.get_stats(), started, spider)
        verdict = judge(figures, [], self.floors)

        def tell_of(verdict: Verdict, before: Sequence[Figures]) -> Verdict:
            return tell(self.crawler, self._run(storage, figures, now), before, verdict)

        def note(store: Store) -> Verdict:
            alike = store.runs_alike(storage.begun, now - self.oldest, self.most_runs)
            latest = [Figures.read(run.figures) for run in alike]
            before = [f for f, run in zip(latest, alike, strict=True) if run.is_good]
            told = verdict + UNTOLD
            try:
                told = tell_of(judge(figures, before, self.floors, latest), before)
            finally:
                ended = Ended(figures.reason, told.level, told.words, figures.kept())
                store.end(storage.run_id, ended, now)
            return told

        try:
            noted = await storage.finish(note)
        except GuanchaError as error:
            noted, verdict = None, verdict + Reason(FAILED, str(error))
        # Where there is no archive, or it has failed, the run is told of all the same.
        verdict = noted or tell_of(verdict, [])
        self.stats.set_value(VERDICT, verdict.level)
        _log(verdict, figures)

    def _run(self, storage: Storage, figures: Figures, now: datetime) -> Run:
        """As the ledger will have it; without an archive its number is 0."""
        return Run(
            run_id=storage.run_id,
            spider=figures.spider,
            started=figures.started,
            finished=clock.stamp(now),
            reason=figures.reason,
            job=self.crawler.settings["JOB"],
            arguments=dict(storage.begun.arguments) if storage.run_id else {},
            verdict=None,
            reasons=[],
            figures=figures.kept(),
            is_accepted=False,
        )


def _log(verdict: Verdict, figures: Figures) -> None:
    logger.log(LOG_LEVELS[verdict.level], "%s: %s", verdict.level, figures.summary())
    for reason in verdict.ranked:
        logger.log(LOG_LEVELS[reason.level], "%s: %s", reason.level, reason.words)
