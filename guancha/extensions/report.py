"""Writes the report of a run: ``runs/RUN_ID.html`` below the data directory."""

import logging
import os
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from guancha.extensions.options import read_floors, read_number
from guancha.figures import Figures
from guancha.store.runs import Run

FOLDER = "runs"
NAME = re.compile(r"[0-9]+\.html")
logger = logging.getLogger(__name__)


class Report:
    """Called at the end of a run; the archive neither needs nor reads what it writes."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        if not settings.getbool("RUN_REPORT"):
            logger.debug("no report will be written: RUN_REPORT is off")
            raise NotConfigured
        self.root = Path(settings["DATA_DIR"])
        self.most = read_number(settings, "REPORTS_KEPT", least=1)
        self.floors = read_floors(settings)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def write(self, run: Run, before: Sequence[Figures]) -> None:
        """Writes the page of a run that is in the ledger; raises OSError."""
        if not run.run_id:
            return
        # Here: no run needs a template before its end.
        from guancha.report.page import render

        publish(self.root, run.run_id, render(run, before, self.floors))
        _keep_latest(self.root / FOLDER, self.most)


def publish(root: Path, run_id: int, page: str) -> Path:
    """Writes a page in one step, in place of an older one, and returns where; raises OSError."""
    path = root / FOLDER / f"{run_id}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_text(page, "utf-8")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path


def _keep_latest(folder: Path, most: int) -> None:
    """Removes the pages written first; by time, for numbers may begin anew with another archive."""
    found = []
    for path in folder.iterdir():
        # The run of another spider may have removed it meanwhile.
        with suppress(FileNotFoundError):
            if NAME.fullmatch(path.name) and path.is_file():
                found.append((path.stat().st_mtime_ns, path))
    for _, path in sorted(found)[:-most]:
        path.unlink(missing_ok=True)
