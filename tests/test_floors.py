"""The shipped floors: whatever name of the mark-up the site changes, the first run of all tells it.

Every class and id that a rule looks for is renamed on every page of the stand-in, in turn. Where that changes
anything that reaches a record, the verdict is not ok.
"""

from collections import Counter
from dataclasses import asdict
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from scrapy.http import HtmlResponse, Response
from scrapy.settings import Settings
from scrapy.statscollectors import MemoryStatsCollector
from scrapy.utils.test import get_crawler

import replica.site
from guancha import urls
from guancha.clock import stamp
from guancha.extensions.options import read_floors
from guancha.figures import Figures
from guancha.items import Answer, Article, Outcome, Visit
from guancha.pages import article as article_rules
from guancha.pages import listing as listing_rules
from guancha.pages.article import ArticlePage
from guancha.pages.classify import classify, classify_listing
from guancha.pages.listing import ListingPage
from guancha.pages.pieces import Pieces
from guancha.sections import SECTIONS
from guancha.soundness import find_faults, refused
from guancha.tally import count_item, count_listing, count_no_listing, count_rules
from guancha.verdict.judge import judge
from guancha.verdict.reasons import OK, Verdict
from replica.addresses import SITE, url_of
from replica.faults import parse_faults
from replica.site import Site
from replica.timeline import World
from tests.pages.test_breakage import TOKEN, paths

ENTRIES = 100
SETTINGS = Settings()
SETTINGS.setmodule("guancha.settings")
FLOORS = read_floors(SETTINGS)
XPATHS = [*paths(article_rules.RULES).values(), *paths(listing_rules.RULES).values()]
NAMES = sorted({f".{a}" if a else f"#{b}" for path in XPATHS for a, b in TOKEN.findall(path)})


@cache
def world(era: str) -> World:
    return World(1, ENTRIES, 0, era)


@cache
def answer(era: str, url: str) -> replica.site.Answer:
    return Site(world(era)).answer(urls.HOST, url.removeprefix(SITE))


class FirstRun:
    """What a first run reads of a site where a name has changed, and what is thought of it."""

    def __init__(self, era: str, rename: str = "") -> None:
        self.era, self.now = era, world(era).now
        self.faults = parse_faults(f"rename={rename}" if rename else "", 1)
        self.stats = MemoryStatsCollector(get_crawler())
        self.read: dict[str, Any] = {}
        for entry in range(ENTRIES):
            self._article(url_of(world(era), entry))
        for section in SECTIONS:
            for address in section.addresses:
                self._listing(section.slug, address.url(1) or "")

    def verdict(self) -> Verdict:
        self.stats.set_value("finish_reason", "finished")
        self.stats.set_value("downloader/request_count", 1)
        return judge(Figures.of(self.stats.get_stats(), stamp(self.now)), [], FLOORS)

    def _answer(self, url: str) -> Response:
        given = self.faults.befall(url, 1, answer(self.era, url)).answer
        return HtmlResponse(url, given.status, given.headers, given.body)

    def _article(self, url: str) -> None:
        hits = Counter[str]()
        page = classify(self._answer(url), urls.article(url), self.now, hits)
        if isinstance(page, ArticlePage):
            article = self._whole(page)
            faults = find_faults(article, self.now)
            page = refused(article, faults) if faults else Visit(article, Answer(""))
        assert isinstance(page, Visit | Outcome)
        self.read[url] = asdict(page)
        count_rules(self.stats, "article", hits)
        count_item(self.stats, page, running=timedelta())

    def _whole(self, page: ArticlePage) -> Article:
        pieces = Pieces(page)
        while pieces.wanted:
            asked = pieces.wanted[0]
            part = classify(self._answer(asked.address), asked, self.now)
            pieces.add(part if isinstance(part, ArticlePage) else None)
        return pieces.article()

    def _listing(self, slug: str, url: str) -> None:
        page = classify_listing(self._answer(url), url, self.now)
        if isinstance(page, ListingPage):
            self.read[url] = [(entry.article, entry.title) for entry in page.entries]
            count_listing(self.stats, slug, page)
        else:
            assert isinstance(page, Outcome)
            self.read[url] = page.kind
            count_no_listing(self.stats, slug, "gone" if page.kind == "gone" else "missed")


@cache
def unchanged(era: str) -> FirstRun:
    return FirstRun(era)


@pytest.mark.parametrize("era", ["2019", "2026"])
def test_a_site_as_it_is_known_is_ok(era: str) -> None:
    assert unchanged(era).verdict().words == []


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_changes_is_told(name: str) -> None:
    run = FirstRun("2026", name)

    if run.read != unchanged("2026").read:
        assert run.verdict().level != OK
