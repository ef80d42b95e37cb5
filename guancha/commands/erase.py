"""``scrapy erase``: takes an article out of the archive where the law or decency demands it."""

import argparse
import sys
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from guancha import clock
from guancha.exceptions import DataDirectoryError, StoreError
from guancha.store.erase import Erasure, erase


class Command(ScrapyCommand):
    """Exits 0 when its records are gone, now or since before, 1 otherwise, 2 for wrong use."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "ARTICLE_ID --reason TEXT"

    def short_desc(self) -> str:
        return "Take an article out of the archive for good; it is never asked for again"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--reason", default="", help="why; kept with the id")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1 or not (args[0].isascii() and args[0].isdigit()):
            raise UsageError("expected one ARTICLE_ID, the digits of its URL", print_help=False)
        reason = opts.reason.strip()
        if not reason or not reason.isprintable():
            raise UsageError(
                f"--reason: expected a line of text, got {opts.reason!r}", print_help=False
            )
        assert self.settings is not None
        url, root = self.settings["STORE_URL"], Path(self.settings["DATA_DIR"])
        try:
            _tell(args[0], erase(url, root, args[0], reason, clock.now()))
        except (DataDirectoryError, StoreError) as error:
            print(error, file=sys.stderr)
            self.exitcode = 1


def _tell(article_id: str, erasure: Erasure) -> None:
    print(f"{article_id} {'is' if erasure.is_new else 'was'} erased, {erasure.erased}")
    for path in erasure.elsewhere:
        print(f"{path} names it, and is yours to look at")
    print("Backups made before hold it still. Whoever restores one has to erase it again.")
