"""``scrapy restore``: an archive made again from a backup, on this database or another."""

import argparse
import sys
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from guancha.commands.backup import progress
from guancha.exceptions import DataDirectoryError, StoreError
from guancha.store.restore import restore


class Command(ScrapyCommand):
    """Exits 0 when the whole archive stands, 1 where it does not, 2 for wrong use."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "BACKUP"

    def short_desc(self) -> str:
        return "Make the archive again from a backup, where there is none"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            expected = "expected one BACKUP, a folder that 'scrapy backup' has made"
            raise UsageError(expected, print_help=False)
        assert self.settings is not None
        url, root = self.settings["STORE_URL"], Path(self.settings["DATA_DIR"])
        try:
            with progress("Copying rows") as tell:
                names = restore(Path(args[0]), url, root, tell)
            for name in names:
                print(name)
        except (DataDirectoryError, StoreError) as error:
            print(error, file=sys.stderr)
            self.exitcode = 1
