"""``scrapy extract``: what saved pages yield, as the crawl would read them."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from guancha import clock, saved, urls
from guancha.exceptions import PageError, UrlError
from guancha.items import Article
from guancha.jsonlines import line
from guancha.pages.classify import unanswered

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
        parser.add_argument("--manifest", type=Path, help="many pages: lines of FILE, tab, URL")
        parser.add_argument("--links", action="store_true", help="print its article links instead")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        one, many = bool(opts.url) and len(args) == 1, bool(opts.manifest) and not args
        if one == many or (many and (opts.links or opts.url)):
            raise UsageError("expected --url URL FILE, or --manifest TSV alone", print_help=False)
        clock.start()
        if opts.links:
            self.exitcode = _print_links(Path(args[0]), opts.url)
        elif one:
            self.exitcode = _print_one(Path(args[0]), opts.url)
        else:
            codes = {_print_record(path, url) for path, url in _manifest(opts.manifest)}
            self.exitcode = next(
                code for code in (FAILED, SOME_OUTCOMES, OK) if code in codes | {OK}
            )


def _print_one(path: Path, url: str) -> int:
    try:
        urls.article(urls.absolute(url))
    except UrlError as error:
        raise UsageError(f"--url: {error}", print_help=False) from error
    return _print_record(path, url)


def _print_record(path: Path, url: str) -> int:
    """Prints one line whatever happens, so that line N stands for page N."""
    code = OK
    try:
        record = saved.record(path.read_bytes(), url, clock.now())
        code = OK if isinstance(record, Article) else SOME_OUTCOMES
    except (OSError, UrlError) as error:
        print(f"{path}: {error}", file=sys.stderr)
        record, code = unanswered(url, None, str(error), clock.now()), FAILED
    sys.stdout.buffer.write(line(record))
    return code


def _print_links(path: Path, url: str) -> int:
    try:
        entries = saved.links(path.read_bytes(), url, clock.now())
    except UrlError as error:
        raise UsageError(f"--url: {error}", print_help=False) from error
    except (OSError, PageError) as error:
        print(f"{path}: {error}", file=sys.stderr)
        return FAILED
    for entry in entries:
        print(json.dumps(entry.fields(), ensure_ascii=False))
    return OK if entries else SOME_OUTCOMES


def _manifest(manifest: Path) -> Iterator[tuple[Path, str]]:
    try:
        rows = manifest.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"--manifest {manifest}: {error}", print_help=False) from error
    for number, row in enumerate(rows, 1):
        if not row.strip():
            continue
        file, tab, url = row.partition("\t")
        if not tab:
            expected = "expected FILE, tab, URL"
            raise UsageError(f"--manifest {manifest}, line {number}: {expected}", print_help=False)
        # As given, or else beside the manifest.
        path = Path(file)
        yield (path if path.exists() else manifest.parent / file), url.strip()
