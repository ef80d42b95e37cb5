"""``scrapy backup``: a copy of the archive, whole at one moment, that ``scrapy restore`` takes."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from guancha import clock
from guancha.exceptions import DataDirectoryError, StoreError
from guancha.store.backup import Tell, backup


class Command(ScrapyCommand):
    """Exits 0 when the backup stands and was verified, 1 where it does not, 2 for wrong use."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "DIR"

    def short_desc(self) -> str:
        return "Copy the archive into a new folder below DIR; a crawl may run meanwhile"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            raise UsageError("expected one DIR, the folder of backups", print_help=False)
        assert self.settings is not None
        url, root = self.settings["STORE_URL"], Path(self.settings["DATA_DIR"])
        try:
            with progress("Copying rows") as tell:
                made = backup(url, root, Path(args[0]), clock.now(), tell)
            print(made)
        except (DataDirectoryError, StoreError) as error:
            print(error, file=sys.stderr)
            self.exitcode = 1


@contextmanager
def progress(what: str) -> Iterator[Tell]:
    """A bar where somebody sees it."""
    # Not above: Scrapy imports every command for each.
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=None)
        yield lambda more, total: bar.update(task, advance=more, total=total)
