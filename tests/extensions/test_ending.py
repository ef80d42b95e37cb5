"""What becomes of a run is told by its exit code, in words, and in the ledger."""

import asyncio
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import default_settings

from guancha.store import runs
from guancha.store.reading import open_reader, snapshot
from guancha.store.runs import Run as Noted
from guancha.verdict.reasons import DEGRADED, FAILED, OK
from replica.faults import CHALLENGE, Faults
from replica.running import served
from replica.site import HTML, Answer
from tests.conftest import FAST, ONCE, ROOT, environment
from tests.extensions.altered import (
    HOME,
    ROBOTS,
    Alter,
    AlteredSite,
    instead,
    is_article,
    is_listing,
    is_page,
    renamed,
    same,
    some,
)

LEVELS = {0: OK, 3: DEGRADED, 1: FAILED}
FAULTY = "tests.extensions.faulty"
EMPTY = Answer(200, b"<!DOCTYPE html><html><body><p>-</p></body></html>", {"Content-Type": HTML})
CHALLENGED = Answer(200, CHALLENGE.encode(), {"Content-Type": HTML})
BESIDE = {
    "EXTENSIONS_BASE": default_settings.EXTENSIONS_BASE,
    "ITEM_PIPELINES": {"guancha.pipelines.commit.Commit": 900},
    "DOWNLOADER_MIDDLEWARES": {
        "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
        "guancha.extensions.robots.RobotsTxt": 100,
        "guancha.extensions.patience.Patience": 950,
    },
}
"""Setting -> what stands there without us."""
PAYWALL = Answer(302, b"", {"Location": "https://member.guancha.cn/login", "Content-Type": HTML})
FEW = ("-a", "sections=CaiJing,ZhengZhi,home", "-a", "related=0")
NO_FLOORS = ("-s", "FIELD_FLOORS={}")


def enabled(setting: str, name: str, order: int = 50) -> tuple[str, str]:
    """Switches a faulty part on, beside what the project has."""
    parts = {**BESIDE.get(setting, {}), f"{FAULTY}.{name}": order}
    return "-s", f"{setting}={json.dumps(parts)}"


def crawl(data: Path, site: Any, *arguments: str, **extra: str) -> tuple[int, str]:
    """Exit code and log of a crawl of a site."""
    return asyncio.run(_crawl(data, site, arguments, extra))


async def _crawl(
    data: Path, site: Any, arguments: tuple[str, ...], extra: dict[str, str]
) -> tuple[int, str]:
    async with served(site, Faults()) as network:
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "scrapy", "crawl", "articles", *FAST, *arguments),
            cwd=ROOT,
            env=environment(data, **{**network, **extra}),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        _, log = await asyncio.wait_for(child.communicate(), timeout=60)
    return child.returncode or 0, log.decode()


def noted(data: Path) -> list[Noted]:
    """The ledger, newest first."""
    engine = open_reader(None, data)
    with snapshot(engine) as connection:
        found = runs.latest(connection, 10)
    engine.dispose()
    return found


@dataclass(frozen=True)
class Case:
    """How a run goes wrong, and what is said of it."""

    code: int
    words: str
    alter: Alter = same
    arguments: tuple[str, ...] = FEW
    network: str = ""
    is_noted: bool = True


CASES = {
    "ok": Case(0, "ok: 38 articles read, 38 new", arguments=()),
    "refused connection": Case(
        1, "robots_unreachable", arguments=(*FEW, *ONCE), network="http://127.0.0.1:1"
    ),
    "robots fails": Case(
        1, "robots_unreachable", instead(ROBOTS.__eq__, Answer(503)), (*FEW, *ONCE)
    ),
    "refused by robots": Case(
        1,
        "3 of 3 listings offered no article",
        instead(ROBOTS.__eq__, Answer(200, b"User-agent: *\nDisallow: /\n")),
    ),
    "site down": Case(1, "site_unreachable", instead(is_page, Answer(500)), ONCE),
    "403": Case(1, "refused_by_site", instead(is_page, Answer(403)), ()),
    "429": Case(1, "refused_by_site", instead(is_page, Answer(429)), ()),
    "challenged": Case(1, "refused_by_site", instead(is_page, CHALLENGED), ONCE),
    "some challenges": Case(3, "challenge: ", instead(some(5), CHALLENGED), (*FEW, *ONCE)),
    "some errors": Case(3, "error: ", instead(some(5), Answer(404 + 100)), (*FEW, *ONCE)),
    "some layouts": Case(3, "layout: ", renamed(some(5), "all-txt")),
    "all layouts": Case(1, "layout: ", renamed(is_article, "all-txt")),
    "all gone": Case(1, "only 0 of ", instead(is_article, HOME)),
    "no listing": Case(1, "3 of 3 listings offered no article", instead(is_listing, EMPTY)),
    "unknown section": Case(
        1, "1 of 1 listings offered no article: CaiJng", arguments=("-a", "sections=CaiJng")
    ),
    "most listings": Case(
        3,
        "2 of 3 listings offered no article: CaiJing, ZhengZhi",
        instead(lambda path: "column" in path, HOME),
    ),
    "listing ill": Case(
        3,
        "listing CaiJing could not be read",
        instead(lambda p: "CaiJing" in p, Answer(500)),
        ("-a", "sections=CaiJing,ZhengZhi,home,JunShi", "-a", "related=0", *ONCE),
    ),
    "field": Case(
        3,
        "field related.kind.hot: in 0 of 38 articles, at least 50% expected",
        renamed(is_article, "hot-list-2"),
        (),
    ),
    "listing redesigned": Case(
        3,
        "listing home looks different: no headline on it",
        renamed(is_listing, "content-headline"),
    ),
    "entries redesigned": Case(
        3, "listing CaiJing looks different: only 0 of ", renamed(is_listing, "module-title")
    ),
    "callback": Case(
        1,
        "KeyError reached the log",
        arguments=(*FEW, *enabled("SPIDER_MIDDLEWARES", "InCallbacks")),
    ),
    "start": Case(
        1,
        "KeyError reached the log once",
        arguments=(*FEW, *enabled("SPIDER_MIDDLEWARES", "InStart")),
    ),
    "signal": Case(
        1,
        "KeyError reached the log once",
        arguments=(*FEW, *enabled("EXTENSIONS_BASE", "InSignals")),
    ),
    "feed": Case(1, "feed", arguments=(*FEW, "-O", "/dev/null/feed.json")),
    "thread": Case(
        1,
        "ValueError reached the log once",
        arguments=(*FEW, *enabled("EXTENSIONS_BASE", "InThreads")),
    ),
    "middleware": Case(
        1,
        "KeyError reached the log",
        arguments=(*FEW, *enabled("DOWNLOADER_MIDDLEWARES", "InMiddlewares", 960)),
    ),
    "pipeline": Case(
        1,
        "pages reached the archive",
        arguments=(*FEW, *enabled("ITEM_PIPELINES", "Drop")),
    ),
    "paywall": Case(1, "only 0 of ", instead(is_article, PAYWALL)),
    "disk": Case(
        1, "disk_budget", arguments=(*FEW, "-s", f"DISK_RESERVE={10**17}"), is_noted=False
    ),
    "bounded by the user": Case(0, "ok: ", arguments=(*FEW, "-s", "CLOSESPIDER_PAGECOUNT=5")),
    "never started": Case(
        1,
        "KeyError",
        arguments=(*FEW, *enabled("EXTENSIONS_BASE", "AtTheBeginning")),
        is_noted=False,
    ),
    "archive": Case(
        1, "archive_failed", arguments=(*FEW, "-s", "DATA_DIR=/dev/null/data"), is_noted=False
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_every_reason_has_its_words_and_its_code(case: Case, tmp_path: Path) -> None:
    proxy = {"https_proxy": case.network} if case.network else {}
    code, log = crawl(tmp_path, AlteredSite(case.alter), *case.arguments, **proxy)

    assert code == case.code, log
    assert case.words in log
    if case.is_noted:
        (run,) = noted(tmp_path)
        assert run.verdict == LEVELS[case.code]
        assert all(words in log for words in run.reasons)
        assert bool(run.reasons) == (code != 0)


@pytest.mark.parametrize("name", ["AtTheEnd", "Exit"])
def test_what_comes_behind_or_before_the_verdict_fails_as_well(name: str, tmp_path: Path) -> None:
    code, log = crawl(
        tmp_path, AlteredSite(same), *FEW, *enabled("EXTENSIONS_BASE", name), *NO_FLOORS
    )

    assert code == 1, log


def test_what_a_listing_and_a_field_were_is_remembered(tmp_path: Path) -> None:
    again = (*NO_FLOORS, "-a", "recheck=all")
    assert crawl(tmp_path, AlteredSite(same), *again)[0] == 0
    without = instead(lambda path: "CaiJing" in path and is_listing(path), EMPTY)
    code, log = crawl(tmp_path, AlteredSite(without, day=1), *again)
    reasons = noted(tmp_path)[0].reasons
    assert (code, reasons) == (3, ["listing CaiJing offers no article any more"]), log

    redesign = renamed(is_article, "hot-list-2", "article-other")
    code, log = crawl(tmp_path, AlteredSite(redesign, day=2), *again)
    assert code == 3
    found = {re.split(r":|, and on", words)[0] for words in noted(tmp_path)[0].reasons}
    assert found == {
        "field related.kind.hot",
        "field editor",
        "rule article/editor/1 has matched before",
        "rule related/hot/1 has matched before",
        "rule related/hot/title/1 has matched before",
    }, log
