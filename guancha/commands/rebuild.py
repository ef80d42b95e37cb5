"""``scrapy rebuild``: makes the JSON Lines again from the store, byte for byte."""

import argparse
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from guancha.exceptions import DataDirectoryError, StoreError
from guancha.store.rebuild import rebuild


class Command(ScrapyCommand):
    """Exits 0 when all files stand, 1 where they can't be made, 2 for wrong use."""

    requires_project = True
    requires_crawler_process = False

    def short_desc(self) -> str:
        return "Make the JSON Lines again from the store"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            raise UsageError("expected no arguments", print_help=False)
        assert self.settings is not None
        try:
            for name in rebuild(self.settings["STORE_URL"], Path(self.settings["DATA_DIR"])):
                print(name)
        except (DataDirectoryError, StoreError) as error:
            print(error)
            self.exitcode = 1
