"""Crawls of one archive that may be killed, with the replica for the site; the benches use them too."""

import json
import shlex
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from guancha.store.engine import open_engine
from guancha.store.projection import file_name
from guancha.store.schema import lines
from replica.timeline import World
from replica.truth import records
from tests.conftest import FAST, ROOT, environment
from tests.store.samples import files

FAULTS = "errors=0.05,truncate=0.03,challenge=0.02"
PATIENT = (*FAST, "-s", "RETRY_TIMES=9", "-s", "MAX_TRIES=99")
"""Gets through such a site."""
KILLED = -signal.SIGKILL
SEED, ERA, LAST = 1, "2026", "GUANCHA_NOW"


@contextmanager
def serving(articles: int, day: int = 0, faults: str = "") -> Iterator[dict[str, str]]:
    """The stand-in, in a process of its own; yields the environment of those who take it for the site."""
    options = f"--articles {articles} --seed {SEED} --era {ERA} --day {day} --faults={faults}"
    command = [sys.executable, "-m", "replica", "serve", *options.split()]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield dict(exports(process.stdout or ()))
        finally:
            process.terminate()


def exports(printed: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The environment that a stand-in prints as it starts."""
    for line in printed:
        name, _, value = shlex.split(line)[1].partition("=")
        yield name, value
        if name == LAST:
            return


def truth(articles: int, day: int = 0) -> dict[str, dict[str, Any]]:
    """Id -> record of each article that the stand-in has on a day."""
    return {record["article_id"]: record for record in records(World(SEED, articles, day, ERA))}


def site_time(articles: int, day: int = 0) -> datetime:
    """The hour at which a crawl of a day begins."""
    return World(SEED, articles, day, ERA).now


class Archive:
    """An archive, the crawls that fill it, and what it should hold after them."""

    def __init__(self, data: Path, url: str | None = None) -> None:
        self.data, self.url = data, url
        self.environment = environment(data, **({"GUANCHA_STORE_URL": url} if url else {}))

    def start(
        self,
        site: dict[str, str],
        *arguments: str,
        module: Iterable[str] = ("scrapy",),
        spider: str = "articles",
    ) -> "subprocess.Popen[str]":
        """Starts a crawl; its log goes to ``<data>.log``."""
        command = [sys.executable, "-m", *module, "crawl", spider, *arguments]
        with self.data.with_suffix(".log").open("w") as log:
            return subprocess.Popen(
                command, cwd=ROOT, env=self.environment | site, stdout=log, stderr=log, text=True
            )

    def ended(self, crawl: "subprocess.Popen[str]", seconds: float = 120) -> int:
        """The exit code of a crawl, 0 or KILLED; anything else is a failure, with the log."""
        try:
            code = crawl.wait(seconds)
        finally:
            crawl.kill()
        assert code in (0, KILLED), self.log()
        return code

    def log(self) -> str:
        """What the last crawl has said."""
        return self.data.with_suffix(".log").read_text("utf-8")

    def lines(self) -> int:
        """How many articles its files hold, each revision counted."""
        found = (self.data / "articles").glob("*.jsonl")
        return sum(path.read_bytes().count(b"\n") for path in found)

    def stored(self) -> dict[str, bytes]:
        """What each file should hold: the lines of the store, in the order of their commits."""
        engine, found = open_engine(self.url, self.data), dict[str, bytes]()
        query = select(lines.c.stream, lines.c.day, lines.c.content).order_by(lines.c.line_id)
        with engine.connect() as connection:
            for stream, day, content in connection.execute(query):
                name = file_name(stream, day)
                found[name] = found.get(name, b"") + content
        engine.dispose()
        return found

    def records(self, stream: str = "articles") -> list[dict[str, Any]]:
        """The records of a stream, as its files have them, in the order of their days."""
        written = files(self.data)
        names = sorted(name for name in written if name.startswith(f"{stream}/"))
        return [json.loads(line) for name in names for line in written[name].splitlines()]

    def check(self, *days: dict[str, dict[str, Any]]) -> None:
        """Every article once as it was on each of these days, in whole lines; files and store are one."""
        written = files(self.data)
        assert written == self.stored()
        assert all(content.endswith(b"\n") for content in written.values())
        found = self.records()
        numbers = Counter((record["article_id"], record["revision"]) for record in found)
        assert set(numbers.values()) == {1}
        seen = Counter((record["article_id"], record["content_hash"]) for record in found)
        expected = {(key, true["content_hash"]) for day in days for key, true in day.items()}
        assert seen == dict.fromkeys(expected, 1)
