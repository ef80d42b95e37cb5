"""``scrapy schedule``: keeps all jobs of the table running."""

import argparse
import asyncio
import logging
import sys
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings
from scrapy.utils.log import configure_logging

from guancha import clock
from guancha.commands.jobs import BUSY, grace
from guancha.exceptions import ArgumentError, DataDirectoryError, JobsError, StoreError

logger = logging.getLogger(__name__)


class Command(ScrapyCommand):
    """Exits 0 when it was told to stop and nothing runs any more, 1 where it failed, 2 for wrong use."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[--file FILE]"

    def short_desc(self) -> str:
        return "Run the jobs of the table at their times, until told to stop"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        words = "the table of jobs (default: setting JOBS_FILE)"
        parser.add_argument("--file", metavar="FILE", help=words)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            raise UsageError("expected no arguments", print_help=False)
        assert self.settings is not None
        configure_logging(self.settings)
        logging.getLogger("apscheduler").setLevel(logging.WARNING)
        try:
            clock.start()
            file = Path(opts.file or self.settings["JOBS_FILE"])
            self.exitcode = _keep(file, self.settings, opts.set)
        except (ArgumentError, JobsError) as error:
            raise UsageError(f"{error}", print_help=False) from error
        except (DataDirectoryError, OSError) as error:
            print(error, file=sys.stderr)
            self.exitcode = 1


def _keep(file: Path, settings: BaseSettings, options: list[str]) -> int:
    # Not above: Scrapy imports every command for each.
    from guancha.jobs.folder import Folder
    from guancha.jobs.scheduling import Schedule
    from guancha.jobs.table import read
    from guancha.store.job_runs import last_of_each

    data = Path(settings["DATA_DIR"])
    jobs, folder = read(file, settings), Folder(data)
    with folder.lock(".schedule") as lock:
        if lock is None:
            print(f"{folder.path}: another schedule is running here", file=sys.stderr)
            return BUSY
        # The runs read the table that this schedule has read, whatever becomes of the file.
        copy = folder.path / ".schedule.toml"
        words = ["--file", str(copy), *(word for option in options for word in ("-s", option))]
        schedule = Schedule(file, words, grace(settings))
        copy.write_bytes(schedule.content)
        try:
            last = last_of_each(settings["STORE_URL"], data)
        except StoreError as error:
            logger.warning("what was missed is not known: %s", error)
            last = {}
        asyncio.run(schedule.keep(jobs, last))
    return 0
