"""Crawls of comments on archives that have their articles already, with the replica for the site."""

import json
import shutil
import subprocess
import sys
from collections.abc import Container
from pathlib import Path
from typing import Any

from tests.conftest import FAST, ROOT, Run, environment

SITE = "--articles 40 --era 2026"
EVER = ("-a", "since=2000-01-01")
"""Whatever the age of the article."""
Truth = dict[str, dict[str, Any]]
COMPARED = ("text", "status", "parent_id", "praise_count", "tread_count", "reply_count")
"""What makes a revision."""


def crawl(data: Path, *arguments: str, spider: str = "comments", site: str = SITE) -> Run:
    """Runs a spider on an archive."""
    command = [sys.executable, "-m", "scrapy", "crawl", spider, *FAST, *arguments]
    done = subprocess.run(
        [sys.executable, "-m", "replica", "run", *site.split(), "--", *command],
        cwd=ROOT,
        env=environment(data),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return Run(done.returncode, done.stdout, done.stderr, data)


def copied(stock: Path, tmp_path: Path) -> Path:
    """An archive of a test's own."""
    return Path(shutil.copytree(stock, tmp_path / "data"))


def truth(site: str = SITE, known: Container[str] | None = None) -> Truth:
    """Comment id -> what is true of each comment on the site, below ``known`` articles alone if given."""
    command = [sys.executable, "-m", "replica", "truth", *site.split(), "--stream", "comments"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    records = map(json.loads, done.stdout.splitlines())
    return {
        record["comment_id"]: record
        for record in records
        if known is None or record["article_id"] in known
    }
