"""Writes the metrics of a run where node_exporter reads them."""

import logging
from pathlib import Path
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from guancha.coverage import FIELDS
from guancha.extensions.options import read_shares
from guancha.items import Article
from guancha.store.runs import Run
from guancha.verdict.reasons import FAILED

LATEST, SUCCESS = "guancha", "guancha-success"
"""How the files begin that tell of the latest run, and of the latest one that had not failed."""
logger = logging.getLogger(__name__)


class Metrics:
    """Called at the end of a run, of one without an archive as well."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        if not settings["METRICS_DIR"]:
            logger.debug("no metrics will be written: METRICS_DIR is not set")
            raise NotConfigured
        self.folder = Path(settings["METRICS_DIR"])
        self.fields = {*FIELDS[Article], *read_shares(settings, "FIELD_FLOORS")}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def write(self, run: Run) -> None:
        """Writes each file in one step; raises OSError."""
        # Here: a run without metrics needs not load what makes them.
        from prometheus_client import write_to_textfile

        from guancha.metrics import file_name, last_success, latest

        self.folder.mkdir(parents=True, exist_ok=True)
        write_to_textfile(str(self.folder / file_name(run, LATEST)), latest(run, self.fields))
        if run.verdict != FAILED:
            # A file of its own: it outlives the runs that fail.
            path = self.folder / file_name(run, SUCCESS)
            write_to_textfile(str(path), last_success(run))
