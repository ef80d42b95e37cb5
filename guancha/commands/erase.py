"""``scrapy erase``: takes an article or a reader out of the archive where the law or decency demands it."""

import argparse
import sys
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from guancha import clock
from guancha.exceptions import DataDirectoryError, StoreError
from guancha.store.erase import Erasure, erase
from guancha.store.forget import Forgotten, forget
from guancha.warc.files import FOLDER


class Command(ScrapyCommand):
    """Exits 0 when its records are gone, now or since before, 1 otherwise, 2 for wrong use."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "ARTICLE_ID --reason TEXT | --reader READER"

    def short_desc(self) -> str:
        return "Take an article, or all that a reader wrote, out of the archive for good"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--reason", default="", help="why; kept with the id of an article")
        reader = "a reader's number on the site, or reader_id or author_id of a record"
        parser.add_argument("--reader", metavar="READER", help=reader)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        url, root = self.settings["STORE_URL"], Path(self.settings["DATA_DIR"])
        try:
            if opts.reader is None:
                article_id, reason = self._article(args, opts.reason.strip())
                _tell(article_id, erase(url, root, article_id, reason, clock.now()))
            else:
                _tell_of_reader(forget(url, root, self._reader(args, opts), clock.now()))
        except (DataDirectoryError, StoreError) as error:
            print(error, file=sys.stderr)
            self.exitcode = 1

    def _reader(self, args: list[str], opts: argparse.Namespace) -> str:
        reader: str = opts.reader.strip()
        if args or opts.reason:
            raise UsageError("--reader: expected no article and no --reason", print_help=False)
        if not reader or not reader.isprintable():
            expected = "--reader: expected a number of the site or an id of a record"
            raise UsageError(f"{expected}, got {opts.reader!r}", print_help=False)
        return reader

    def _article(self, args: list[str], reason: str) -> tuple[str, str]:
        if len(args) != 1 or not (args[0].isascii() and args[0].isdigit()):
            raise UsageError("expected one ARTICLE_ID, the digits of its URL", print_help=False)
        if not reason or not reason.isprintable():
            raise UsageError(f"--reason: expected a line of text, got {reason!r}", print_help=False)
        return args[0], reason


def _tell(article_id: str, erasure: Erasure) -> None:
    print(f"{article_id} {'is' if erasure.is_new else 'was'} erased, {erasure.erased}")
    if erasure.pages:
        print(
            f"{erasure.pages} of its pages as the site served them were in {FOLDER}, and are gone"
        )
    for path in erasure.elsewhere:
        print(f"{path} names it or can't be read, and is yours to look at")
    print("Backups made before hold it still. Whoever restores one has to erase it again.")


def _tell_of_reader(done: Forgotten) -> None:
    if done.comments or done.posts:
        print(f"forgotten: {done.comments} comments and {done.posts} posts are erased")
    else:
        print(
            "forgotten; nothing of theirs was there. Is it the number of the site, or an id of a record?"
        )
    print("Backups and exports made before hold them still.")
