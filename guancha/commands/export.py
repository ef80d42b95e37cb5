"""``scrapy export``: records out of the store as JSON Lines, CSV or Parquet."""

import argparse
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from guancha import clock
from guancha.exceptions import ArgumentError, StoreError
from guancha.export.form import FORMATS, PACKED, STDOUT, Form
from guancha.export.place import find_place
from guancha.export.selection import STREAMS, Selection
from guancha.store.engine import database_file, open_engine
from guancha.store.reading import open_reader


class Command(ScrapyCommand):
    """Exits 0 when FILE stands, 1 where it could not be made, 2 for wrong use."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return f"{'|'.join(STREAMS)} -o FILE [options]"

    def short_desc(self) -> str:
        return "Export records of the store to a file"

    def long_desc(self) -> str:
        return (
            "Exports articles, outcomes or the links that were found, as the store has them at one "
            "moment; a crawl may go on meanwhile. FILE is replaced in one step, and FILE.manifest.json "
            "says what is in it. JSON Lines and Parquet are exact. In CSV a text that a spreadsheet "
            "could run as a formula (= + - @, their full-width forms, tab, line end) gets an apostrophe "
            "in front, absent and empty look the same, and lists are JSON."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        add = parser.add_argument
        add("-o", "--output", metavar="FILE", help="the file to make; - for standard output")
        add("--format", choices=FORMATS, help="by default what the name of FILE ends in")
        add("--compress", choices=PACKED.values(), help="inside of Parquet, where zstd is default")
        add(
            "--since",
            metavar="DAY",
            help="first day: of an article's URL, of an outcome, of a find",
        )
        add("--until", metavar="DAY", help="last day, likewise")
        add("--section", metavar="SLUG,…", help="only these sections or authors")
        which = parser.add_mutually_exclusive_group()
        for name, value in (("--latest", False), ("--all-revisions", True)):
            words = f"of articles: {'every' if value else 'the newest'} revision of each"
            which.add_argument(name, dest="every", action="store_const", const=value, help=words)
        add("-q", "--quiet", action="store_true", help="no bar, no word but errors")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        # Scrapy takes options that it does not know for arguments.
        if unknown := [name for name in args if name.startswith("-")]:
            raise UsageError(f"unknown option {unknown[0]!r}", print_help=False)
        if len(args) != 1 or not opts.output:
            expected = f"expected one of {', '.join(STREAMS)}, and -o FILE"
            raise UsageError(expected, print_help=False)
        assert self.settings is not None
        url, data = self.settings["STORE_URL"], Path(self.settings["DATA_DIR"])
        # As Ctrl-C: what is half made is taken away.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            _export(args[0], opts, url, data)
        except ArgumentError as error:
            raise UsageError(f"{error}", print_help=False) from error
        except StoreError as error:
            self._fail(f"{error}")
        except OSError as error:
            self._fail(f"-o {opts.output}: {error.strerror}")
        except KeyboardInterrupt:
            self._fail("the export was stopped")

    def _fail(self, words: str) -> None:
        print(words, file=sys.stderr)
        self.exitcode = 1


def _export(stream: str, opts: argparse.Namespace, url: str | None, data: Path) -> None:
    clock.start()
    selection = Selection.parse(
        stream, opts.since, opts.until, opts.section, all_revisions=opts.every
    )
    form = Form.parse(opts.output, opts.format, opts.compress)
    place = None
    if opts.output != STDOUT:
        place = find_place(opts.output, data, database_file(open_engine(url, data)))
    # Not above: Scrapy imports every command for each, and this brings pyarrow along.
    from guancha.export.exporting import Export

    engine = open_reader(url, data)
    try:
        export = Export(engine, selection, form, opts.quiet)
        if place is None:
            _pipe(lambda: export.to(sys.stdout.buffer))
        else:
            manifest = export.to_file(place)
            if not opts.quiet:
                print(f"{manifest.rows} records, {manifest.bytes} bytes")
    finally:
        engine.dispose()


def _pipe(write: Callable[[], object]) -> None:
    try:
        write()
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Nobody reads on; Python would try again at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise
