"""An archive of the replica's pages, crawled over some days, and reparses of it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from guancha.store.history import RENEWED
from guancha.warc.files import FOLDER
from tests.conftest import FAST, ROOT, environment
from tests.store.samples import files

SITE = "--articles 40 --era mixed"
NOW = "2026-12-01T00:00:00+08:00"


def crawl(data: Path, day: int) -> None:
    """Looks at all that is known, and all that is new on a day."""
    command = [sys.executable, "-m", "scrapy", "crawl", "articles", *FAST, "-a", "recheck=all"]
    done = subprocess.run(
        [sys.executable, "-m", "replica", "run", *SITE.split(), "--day", str(day), "--", *command],
        cwd=ROOT,
        env=environment(data),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode in (0, 3), done.stderr


def command(data: Path, *arguments: str | Path, **extra: str) -> tuple[list[str], dict[str, str]]:
    """What is typed, and where."""
    typed = [sys.executable, "-m", "scrapy", "reparse", *map(str, arguments)]
    return typed, environment(data, GUANCHA_NOW=NOW, **extra)


def reparse(
    data: Path, *arguments: str | Path, code: int = 0, **extra: str
) -> "subprocess.CompletedProcess[str]":
    """Runs the command as a user does, to an end with this code."""
    typed, where = command(data, *arguments, **extra)
    done = subprocess.run(
        typed, cwd=ROOT, env=where, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
    return done


def pages(data: Path) -> list[Path]:
    """The archive's files of pages, by their days."""
    return sorted((data / FOLDER).glob("*.warc.gz"))


def records(root: Path) -> list[dict[str, Any]]:
    """All records, in no order, without what depends on what else is in an archive."""
    found = (json.loads(line) for each in files(root).values() for line in each.splitlines())
    bare = ({n: v for n, v in each.items() if n not in RENEWED} for each in found)
    return sorted(bare, key=lambda each: json.dumps(each, sort_keys=True))


def alike(ones: Iterable[dict[str, Any]], others: Iterable[dict[str, Any]]) -> bool:
    """Whether they are the same; a commit may note the second behind that of the answer."""
    return [_rounded(each) for each in ones] == [_rounded(each) for each in others]


def _rounded(record: dict[str, Any]) -> dict[str, Any]:
    alive = record.get("last_alive")
    if not alive:
        return record
    moment = datetime.fromisoformat(alive) + timedelta(seconds=30)
    return {**record, "last_alive": moment.isoformat(timespec="minutes")}


def alive(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def children(pid: int) -> list[int]:
    """The processes that one has started."""
    try:
        return [*map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
    except OSError:
        return []


def end(pid: int, number: int) -> None:
    """Sends a signal to one process."""
    os.kill(pid, number)
