"""``scrapy check-site``: whether the site is as it is reported to be, by some polite requests."""

import argparse
import sys

from scrapy.commands import ScrapyCommand
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError

from guancha import clock, forecast
from guancha.exceptions import ArgumentError
from guancha.extensions.patience import REFUSED, UNREACHABLE
from guancha.extensions.robots import ROBOTS_UNREACHABLE
from guancha.sitecheck import report
from guancha.sitecheck.claims import MOST_REQUESTS
from guancha.sitecheck.spider import SiteCheckSpider
from guancha.sitecheck.survey import Survey

WORDS = {
    REFUSED: "the site refuses",
    UNREACHABLE: "the site does not answer",
    ROBOTS_UNREACHABLE: "a robots.txt can't be had",
    "closespider_timeout": "the time was up (-s CLOSESPIDER_TIMEOUT=SECONDS)",
    "shutdown": "the check was interrupted",
}
"""Why a run ended before its last claim; what is not here says itself."""


class Command(ScrapyCommand):
    """Exits 0 where every claim holds, 3 where one does not or could not be checked, 2 for wrong use.

    1 where the site refuses, does not answer, or robots.txt can't be had.
    """

    requires_project = True

    def syntax(self) -> str:
        return "[--json]"

    def short_desc(self) -> str:
        return "Ask the site whether it is as we think; writes no archive"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        assert self.settings is not None
        # Above the project's own, below what was typed.
        self.settings.set("LOG_LEVEL", "WARNING", "spider")
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print JSON in place of a table")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            raise UsageError(f"expected no argument, got {args[0]!r}", print_help=False)
        assert self.settings is not None
        assert self.crawler_process is not None
        try:
            clock.start()
        except ArgumentError as error:
            raise UsageError(str(error), print_help=False) from error
        pause = self.settings.getfloat("DOWNLOAD_DELAY")
        _say(forecast.reach(self.settings["CONTACT"]))
        _say(f"at most {MOST_REQUESTS} requests, {pause:g} s or more between two")
        survey = Survey(self.settings["ROBOTSTXT_USER_AGENT"])
        crawler = self.crawler_process.create_crawler(SiteCheckSpider)
        self.crawler_process.crawl(crawler, survey=survey)
        self.crawler_process.start()
        self._tell(survey, _reason(crawler), opts.json)

    def _tell(self, survey: Survey, reason: str, is_json: bool) -> None:
        ended = survey.left or (None if reason == "finished" else WORDS.get(reason, reason))
        found = survey.end()
        if is_json:
            print(report.as_json(found, ended))
        else:
            report.draw(found, sys.stdout)
        if ended:
            _say(f"Ended before the last claim: {ended}.")
        is_left = bool(survey.left) or reason in (REFUSED, UNREACHABLE)
        self.exitcode = report.exit_code(found, is_left=is_left)


def _say(words: str) -> None:
    """Beside the table, so that it can be piped."""
    print(words, file=sys.stderr, flush=True)


def _reason(crawler: Crawler) -> str:
    """Why the run ended."""
    reason = crawler.stats and crawler.stats.get_value("finish_reason")
    return str(reason or "it could not begin")
