"""Ends a run before the disk is full, or the archive larger than it may be."""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from guancha.extensions.options import read_number
from guancha.extensions.stop import stop
from guancha.store.engine import database_file, open_engine

REASON = "disk_budget"
MOST = 10**18
"""Bytes; no disk has as many."""
MEASURED = 100
"""Responses from one look at the size of the archive to the next; what is free is looked at each time."""


class Disk:
    """Looks before the first request, and at each answer: only what is answered is written."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.reserve = read_number(crawler.settings, "DISK_RESERVE", least=0, most=MOST)
        self.budget = read_number(crawler.settings, "DISK_BUDGET", least=0, most=MOST)
        if not self.reserve and not self.budget:
            raise NotConfigured("DISK_RESERVE and DISK_BUDGET")
        self.root = Path(crawler.settings["DATA_DIR"]).resolve()
        database = database_file(open_engine(crawler.settings["STORE_URL"], self.root))
        self.folders = sorted({self.root, *((database.resolve().parent,) if database else ())})
        self.answers = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        disk = cls(crawler)
        crawler.signals.connect(disk.check, signal=signals.spider_opened)
        crawler.signals.connect(disk.check, signal=signals.response_received)
        return disk

    def check(self) -> None:
        """Stops the run where there is too little room; a folder that can't be looked at has none."""
        try:
            why = self._lack()
        except OSError as error:
            why = f"{error.filename}: {error.strerror}"
        if why:
            stop(self.crawler, REASON, why)

    def _lack(self) -> str | None:
        for folder in self.folders if self.reserve else ():
            there = next(path for path in (folder, *folder.parents) if path.exists())
            free = shutil.disk_usage(there).free
            if free < self.reserve:
                return f"{folder}: {free:,} bytes are free, DISK_RESERVE wants {self.reserve:,}"
        if self.budget and self.answers % MEASURED == 0:
            size = folder_size(self.root)
            if size >= self.budget:
                return f"{self.root}: takes {size:,} bytes, DISK_BUDGET allows {self.budget:,}"
        self.answers += 1
        return None


def folder_size(root: Path) -> int:
    """Bytes of all files below a folder."""
    size = 0
    for folder, _, names in os.walk(root):
        for name in names:
            # Another process may have renamed it meanwhile.
            with suppress(FileNotFoundError):
                size += os.lstat(os.path.join(folder, name)).st_size
    return size
