"""Crawls of the replica on a terminal."""

import json
import re
import sys
from pathlib import Path

from tests.conftest import FAST, environment
from tests.terminal import Terminal

CORNER = "╭─"
LINE = re.compile(r"[0-9-]{10} [0-9:]{8} [A-Z]+ .*|[╭│╰].*[╮│╯]|")
"""A line of the log, of the display, or an empty one; not where one has run into the other."""
PLAIN = ("-s", "STATS_DUMP=0")
"""Without what Scrapy says in many lines."""
PYTHON = (sys.executable, "-m")


def command(options: str, *arguments: str) -> list[str]:
    """A crawl of the replica with these options."""
    crawl = [*PYTHON, "scrapy", "crawl", "articles", *FAST, *PLAIN, *arguments]
    return [*PYTHON, "replica", "run", *options.split(), "--", *crawl]


def watch(data: Path, options: str, *arguments: str, columns: int = 300, **extra: str) -> Terminal:
    """Begins one."""
    return Terminal(command(options, *arguments), environment(data, **extra), columns=columns)


def figure(shown: str, name: str) -> int:
    """What a display says at last."""
    return int(re.findall(rf"│ {name} +([0-9,]+) ", shown)[-1].replace(",", ""))


def torn(terminal: Terminal) -> list[str]:
    """Lines that have run into another, or tops of a display that was left where another is."""
    lines = terminal.text().splitlines()
    tops = [line for line in lines if line.startswith(CORNER)]
    return [line for line in lines if not LINE.fullmatch(line)] + tops[:-1]


def archived(data: Path) -> int:
    """How many articles an archive has."""
    files = (data / "articles").glob("*.jsonl")
    return sum(bool(json.loads(line)) for file in files for line in file.open(encoding="utf-8"))
