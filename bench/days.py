"""A run a day for some days: what each asks for and writes, beside what changed on the site.

Run as ``python -m bench.days``; prints a table for each way to look again at what is known, and exits 1
where a run did not write an article, an edit or a deletion that it had seen, wrote anything else, or,
with recheck=all, did not look at everything.
"""

import argparse
import re
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.timing import keep
from guancha import urls
from replica.__main__ import FEWEST, MOST, whole
from tests.conftest import FAST
from tests.store.crawls import Archive, serving, site_time, truth

ARTICLES, DAYS = 1_000, 10
RECHECKS, YOUNG = ["3d", "all"], timedelta(days=3)
CRAWLED = re.compile(r"Crawled \((\d+)\) <GET (\S+)>")
COLUMNS = {
    "listings 200/304/302": ("listing 200", "listing 304", "listing 302"),
    "new 200/302": ("new 200", "new 302"),
    "again 200/304/302": ("again 200", "again 304", "again 302"),
    "other": ("other",),
    "new/edited/deleted": ("first", "edit", "deleted"),
    "of the site's": ("true first", "true edit", "true deleted"),
    "of young: edited": ("young edit", "true young edit"),
}
Records = dict[str, dict[str, Any]]
Asked = list[tuple[str, str]]
"""Status and URL of each answer."""


@dataclass
class Diary:
    """An archive from day to day, and what it should hold."""

    archive: Archive
    truths: list[Records]
    held: dict[str, str] = field(default_factory=dict)
    """Id -> content hash of its newest revision."""
    others: set[str] = field(default_factory=set)
    """Ids of what was no article."""
    missed: dict[str, int] = field(default_factory=dict)
    """Id -> first day on which an article that we hold was asked for and gone."""
    told: dict[str, int] = field(default_factory=dict)
    """Id -> day on which it was told as deleted."""
    figures: list[Counter[str]] = field(default_factory=list)

    def run(self, day: int, recheck: str, site: dict[str, str]) -> None:
        """Crawls a day and checks what came of it; raises AssertionError."""
        lines, outcomes = len(self.archive.records()), len(self.archive.records("outcomes"))
        debug = ("-L", "DEBUG", "-a", f"recheck={recheck}")
        assert self.archive.ended(self.archive.start(site, *FAST, *debug), 1200) == 0
        asked: Asked = CRAWLED.findall(self.archive.log())
        kinds = Counter(self._kind(*answer) for answer in asked)
        written = self.archive.records()[lines:]
        seen = {a.article_id: status for status, url in asked if (a := urls.find_article(url))}
        self._check_asked(day, seen, is_all=recheck == "all")
        self._check_lines(day, seen, written)
        told = self.archive.records("outcomes")[outcomes:]
        self._check_outcomes(day, told)
        kinds += Counter(record["revision_cause"] for record in written)
        kinds["deleted"] = sum(outcome["kind"] == "deleted" for outcome in told)
        changes, young = self._changes(day)
        edited = {line["article_id"] for line in written if line["revision_cause"] == "edit"}
        kinds["young edit"] = len(young & edited)
        self.figures.append(kinds + changes)

    def _kind(self, status: str, url: str) -> str:
        article = urls.find_article(url)
        if url.endswith("/robots.txt") or (article and article.page):
            return "other"
        if article is None:
            return f"listing {status}"
        is_known = article.article_id in self.held or article.article_id in self.others
        return f"{'again' if is_known else 'new'} {status}"

    def _check_asked(self, day: int, seen: dict[str, str], is_all: bool) -> None:
        assert not is_all or self.held.keys() & self.truths[day].keys() <= seen.keys()
        for key in self.held.keys() & {key for key, status in seen.items() if status == "302"}:
            self.missed.setdefault(key, day)
        assert not self.missed.keys() & self.truths[day].keys()

    def _check_lines(self, day: int, seen: dict[str, str], written: list[dict[str, Any]]) -> None:
        true = {key: record["content_hash"] for key, record in self.truths[day].items()}
        here = seen.keys() & true.keys()
        firsts = here - self.held.keys()
        edits = {key for key in here & self.held.keys() if self.held[key] != true[key]}
        found = Counter((record["revision_cause"], record["article_id"]) for record in written)
        assert found == Counter([("first", key) for key in firsts] + [("edit", k) for k in edits])
        self.held |= {record["article_id"]: record["content_hash"] for record in written}
        assert true.keys() <= self.held.keys()
        assert all(self.held[key] == true[key] for key in here)

    def _check_outcomes(self, day: int, told: list[dict[str, Any]]) -> None:
        for outcome in told:
            if outcome["kind"] == "deleted":
                assert outcome["article_id"] in self.missed
                assert self.told.setdefault(outcome["article_id"], day) == day
        self.others |= {outcome["article_id"] for outcome in told} - self.held.keys()
        for key, first in self.missed.items():
            assert key in self.told or day - first < self._days_to_tell(key)

    def _days_to_tell(self, key: str) -> int:
        """Two answers from each address, of which the first run knew only one."""
        known = next(day[key] for day in self.truths if key in day)
        return 2 if known["alternate_urls"] else 1

    def _changes(self, day: int) -> tuple[Counter[str], set[str]]:
        """What is new on the site since the day before, and the young articles that were edited."""
        now, before = self.truths[day], self.truths[day - 1] if day else {}
        both = now.keys() & before.keys()
        edits = [k for k in both if now[k]["content_hash"] != before[k]["content_hash"]]
        since = (site_time(len(self.truths[0]), day) - YOUNG).isoformat()
        young = {key for key in edits if now[key]["date_published"] >= since}
        first, deleted = len(now.keys() - both), len(before.keys() - both)
        counted = {"first": first, "edit": len(edits), "deleted": deleted, "young edit": len(young)}
        return Counter({f"true {name}": number for name, number in counted.items()}), young


def _row(name: str, figures: Counter[str]) -> str:
    cells = ("/".join(str(figures[key]) for key in keys) for keys in COLUMNS.values())
    asked = sum(
        n for kind, n in figures.items() if kind.split()[0] in ("listing", "new", "again", "other")
    )
    return f"{name:6}{asked:>9}" + "".join(
        f"{cell:>{len(title) + 2}}" for cell, title in zip(cells, COLUMNS, strict=True)
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.days", description=__doc__)
    add = parser.add_argument
    add(
        "--articles",
        type=whole(FEWEST, MOST),
        default=ARTICLES,
        help=f"on day 0 (default {ARTICLES})",
    )
    add("--days", type=whole(0, 1000), default=DAYS, help=f"after day 0 (default {DAYS})")
    add("--recheck", choices=RECHECKS, nargs=1, default=RECHECKS, help="(default each)")
    return parser.parse_args()


def main() -> int:
    """Prints the tables."""
    options, kept = _options(), dict[str, Counter[str]]()
    truths = [truth(options.articles, day) for day in range(options.days + 1)]
    for recheck in options.recheck:
        print(f"recheck={recheck}, {options.articles} entries")
        print(
            f"{'day':6}{'requests':>9}" + "".join(f"  {title}" for title in COLUMNS), f"{'time':>8}"
        )
        with tempfile.TemporaryDirectory() as folder:
            diary = Diary(Archive(Path(folder, "data")), truths)
            for day in range(options.days + 1):
                began = time.monotonic()
                with serving(options.articles, day) as site:
                    diary.run(day, recheck, site)
                spent = time.monotonic() - began
                print(_row(str(day), diary.figures[-1]), f"{spent:6.0f} s", flush=True)
        kept[recheck] = sum(diary.figures, Counter())
        print(_row("all", kept[recheck]))
    keep("days", {"articles": options.articles, "days": options.days, **kept})
    return 0


if __name__ == "__main__":
    sys.exit(main())
