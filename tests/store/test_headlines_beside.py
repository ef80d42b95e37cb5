"""Snapshots are taken while articles are crawled, on one archive; of two at once the second is refused."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from replica.faults import Faults
from replica.running import served
from replica.site import Site
from replica.timeline import World
from tests.conftest import FAST, ROOT, environment

SNAPSHOTS = 3
SLOWLY = ("-s", "DOWNLOAD_DELAY=0.1", "-s", "AUTOTHROTTLE_ENABLED=0")
HEADLINES = ("headlines", "-a", "browser=0")


def lines(data: Path, stream: str) -> list[dict[str, Any]]:
    files = sorted((data / stream).glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


async def crawl(environ: Mapping[str, str], *arguments: str) -> Process:
    command = (sys.executable, "-m", "scrapy", "crawl", *arguments)
    return await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environ, stderr=PIPE)


async def ended(run: Process) -> tuple[int | None, str]:
    _, log = await asyncio.wait_for(run.communicate(), 90)
    return run.returncode, log.decode()


async def side_by_side(data: Path, store: Mapping[str, str]) -> None:
    async with served(Site(World(1, 60, 0, "2026")), Faults()) as extra:
        environ = environment(data, **extra, **store)
        articles = await crawl(environ, "articles", *SLOWLY)
        while not list((data / "articles").glob("*.jsonl")):
            assert articles.returncode is None
            await asyncio.sleep(0.05)
        for _ in range(SNAPSHOTS - 1):
            code, log = await ended(await crawl(environ, *HEADLINES, *FAST))
            assert code == 0, log
        assert articles.returncode is None, "both were under way"

        first, second = [await crawl(environ, *HEADLINES, *SLOWLY) for _ in range(2)]
        results = sorted([await ended(first), await ended(second)])
        assert [code for code, _ in results] == [0, 1]
        assert "another run is writing" in results[1][1]
        assert "Traceback" not in results[1][1]
        code, log = await ended(articles)
        assert code == 0, log
        assert "locked" not in log


def test_headlines_beside_articles(url: str | None, tmp_path: Path) -> None:
    data = tmp_path / "data"
    asyncio.run(side_by_side(data, {"GUANCHA_STORE_URL": url} if url else {}))

    articles = Counter(record["article_id"] for record in lines(data, "articles"))
    assert set(articles.values()) == {1}
    assert len(articles) > 50
    taken = Counter(each["date_crawled"] for each in lines(data, "headlines"))
    assert sum(taken.values()) == SNAPSHOTS * len(
        {(each["box"], each["rank"]) for each in lines(data, "headlines")}
    )
