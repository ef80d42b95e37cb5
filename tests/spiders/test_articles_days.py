"""A run a day: it asks only for what is new or due, and finds every edit and every deletion."""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import FAST, ROOT, environment
from tests.spiders.test_articles_replica import truth

SITE = "--articles 60 --era 2026"
DAYS = 6


class Days:
    """One archive, and what each day's run did."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.asked: list[int] = []

    def run(self, day: int, *arguments: str) -> None:
        command = [sys.executable, "-m", "scrapy", "crawl", "articles", *FAST, *arguments]
        site = [*SITE.split(), "--day", str(day)]
        done = subprocess.run(
            [sys.executable, "-m", "replica", "run", *site, "--", *command],
            cwd=ROOT,
            env=environment(self.data),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        found = re.search(r"; ([0-9]+) requests in", done.stderr)
        self.asked.append(int(found[1]) if found else 0)

    def lines(self, stream: str) -> list[dict[str, Any]]:
        files = sorted((self.data / stream).glob("*.jsonl"))
        return [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Days:
    kept = Days(tmp_path_factory.mktemp("days") / "data")
    for day in range(DAYS):
        # All that is known is looked at, so that nothing is left to the sample.
        kept.run(day, "-a", "recheck=all")
    # Deletions take two answers.
    kept.run(DAYS - 1, "-a", "recheck=all")
    return kept


def test_each_revision_is_there_once(days: Days) -> None:
    revisions = Counter((r["article_id"], r["revision"]) for r in days.lines("articles"))

    assert set(revisions.values()) == {1}


def test_every_edit_is_a_revision_and_nothing_else_is(days: Days) -> None:
    expected: set[tuple[str, str]] = set()
    for day in range(DAYS):
        for article_id, record in truth(f"{SITE} --day {day}").items():
            expected.add((article_id, record["content_hash"]))
    found = {(r["article_id"], r["content_hash"]) for r in days.lines("articles")}
    causes = {r["revision_cause"] for r in days.lines("articles") if r["revision"] > 1}

    assert found == expected
    assert causes == {"edit"}


def test_every_deletion_is_told(days: Days) -> None:
    seen: set[str] = set()
    for day in range(DAYS - 1):
        seen |= set(truth(f"{SITE} --day {day}"))
    deleted = {o["article_id"] for o in days.lines("outcomes") if o["kind"] == "deleted"}

    assert deleted == seen - set(truth(f"{SITE} --day {DAYS - 1}"))


def test_a_second_run_of_a_day_asks_for_nothing_new(tmp_path: Path) -> None:
    kept = Days(tmp_path / "data")
    for _ in range(2):
        kept.run(0, "-a", "recheck=0")
    lines = len(kept.lines("articles"))
    kept.run(0, "-a", "recheck=0")

    assert len(kept.lines("articles")) == lines
    assert kept.asked[1] < kept.asked[0] / 3
