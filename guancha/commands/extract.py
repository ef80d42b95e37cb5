"""``scrapy extract``: what saved pages yield, as the crawl would read them."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from guancha import clock, saved
from guancha.exceptions import DateError, PageError, UrlError
from guancha.items import Article
from guancha.jsonlines import line
from guancha.pages.answered import unanswered
from guancha.processors.dates import BEIJING

OK, FAILED, SOME_OUTCOMES = 0, 1, 3


class Command(ScrapyCommand):
    """Exits 0 where all were articles (--links: where a link was found), 3 for outcomes, 1 for a failure."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[--links] --url URL FILE | --manifest TSV"

    def short_desc(self) -> str:
        return "Print the record of a saved page as one JSON line"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--url", help="the address that FILE was saved from")
        parser.add_argument(
            "--manifest",
            type=Path,
            help="many: lines of FILE, tab, URL[, tab, DATE]",
        )
        parser.add_argument("--date", help="when FILE was saved; by default when it last changed")
        parser.add_argument("--links", action="store_true", help="print its article links instead")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        one, many = bool(opts.url) and len(args) == 1, bool(opts.manifest) and not args
        if one == many or (many and (opts.links or opts.url or opts.date)):
            raise UsageError("expected --url URL FILE, or --manifest TSV alone", print_help=False)
        clock.start()
        pages = [Page(Path(args[0]), opts.url, opts.date)] if one else _manifest(opts.manifest)
        try:
            self.exitcode = _print_links(pages[0]) if opts.links else _print_all(pages, strict=one)
        except (UrlError, DateError) as error:
            raise UsageError(f"{error}", print_help=False) from error


@dataclass(frozen=True)
class Page:
    """A saved page: its file, where it was saved from, and when."""

    path: Path
    url: str
    date: str | None = None

    @property
    def moment(self) -> datetime:
        """When it was saved; raises DateError for a date that is none, OSError without a file."""
        if not self.date:
            return datetime.fromtimestamp(self.path.stat().st_mtime, BEIJING)
        try:
            moment = datetime.fromisoformat(self.date)
        except ValueError as error:
            raise DateError(f"expected a date in ISO 8601, got {self.date!r}") from error
        return moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)


def _print_all(pages: Sequence[Page], *, strict: bool) -> int:
    """Prints one line a page whatever happens, so that line N stands for page N."""
    codes = set()
    for page in pages:
        try:
            record = saved.record(page.path.read_bytes(), page.url, page.moment)
            codes.add(OK if isinstance(record, Article) else SOME_OUTCOMES)
        except (OSError, UrlError, DateError) as error:
            if strict and not isinstance(error, OSError):
                raise
            print(f"{page.path}: {error}", file=sys.stderr)
            record = unanswered(page.url, None, str(error), clock.now())
            codes.add(FAILED)
        sys.stdout.buffer.write(line(record))
    return next((code for code in (FAILED, SOME_OUTCOMES) if code in codes), OK)


def _print_links(page: Page) -> int:
    try:
        entries = saved.links(page.path.read_bytes(), page.url, page.moment)
    except (OSError, PageError) as error:
        print(f"{page.path}: {error}", file=sys.stderr)
        return FAILED
    for entry in entries:
        print(json.dumps(entry.fields(), ensure_ascii=False))
    return OK if entries else SOME_OUTCOMES


def _manifest(manifest: Path) -> list[Page]:
    try:
        rows = manifest.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"--manifest {manifest}: {error}", print_help=False) from error
    pages = []
    for number, row in enumerate(rows, 1):
        file, *more = row.split("\t")
        if not row.strip():
            continue
        if not 1 <= len(more) <= 2:
            expected = "expected FILE, tab, URL"
            raise UsageError(f"--manifest {manifest}, line {number}: {expected}", print_help=False)
        # As given, or else beside the manifest.
        path = Path(file) if Path(file).exists() else manifest.parent / file
        pages.append(Page(path, *(column.strip() for column in more)))
    return pages
