"""``scrapy fixture``: makes a test case of a page, for review: how an engineer adds a proof."""

import argparse
from collections.abc import AsyncIterator
from pathlib import Path
from typing import ClassVar

from scrapy import Request, Spider
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.http import Response

from guancha import cases, clock, requests, urls
from guancha.exceptions import PageError, UrlError
from guancha.extensions.politeness import Politeness
from guancha.scramble import scramble


class Command(ScrapyCommand):
    """Exits 0 when the case stands in its folder, 1 where the page could not be had, 2 for wrong use."""

    requires_project = True

    def syntax(self) -> str:
        return "URL --name CASE | FILE --url URL --name CASE"

    def short_desc(self) -> str:
        return "Make a test case of a page of the site, or of a saved one"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--name", help="name of the case: letters, digits, - and _")
        parser.add_argument("--url", help="the address that FILE was saved from")
        parser.add_argument(
            "--plain", action="store_true", help="keep the words; never publish that"
        )
        parser.add_argument(
            "--into", type=Path, default=Path("tests/pages"), help="folder of all cases"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1 or not opts.name or not urls.is_slug(opts.name):
            raise UsageError("expected one URL or FILE, and --name CASE", print_help=False)
        url = opts.url or args[0]
        if urls.kind(url) not in (urls.Kind.ARTICLE, urls.Kind.LISTING, urls.Kind.HOME):
            raise UsageError(f"no page of the site that is read: {url!r}", print_help=False)
        body = self._saved(args[0]) if opts.url else self._fetched(url)
        if body is None:
            self.exitcode = 1
            return
        page = body if opts.plain else scramble(body.decode("utf-8", "replace")).encode()
        address = url if opts.plain else scramble(url)
        try:
            print(cases.write(opts.into, opts.name, page, address, clock.now()))
        except FileExistsError as error:
            raise UsageError(f"--name: {error.filename} is there", print_help=False) from error
        except (PageError, UrlError) as error:
            raise UsageError(f"{args[0]}: {error}", print_help=False) from error

    def _saved(self, file: str) -> bytes:
        try:
            return Path(file).read_bytes()
        except OSError as error:
            raise UsageError(f"{file}: {error.strerror}", print_help=False) from error

    def _fetched(self, url: str) -> bytes | None:
        assert self.crawler_process is not None
        bodies: list[bytes] = []
        self.crawler_process.crawl(OnePage, address=url, bodies=bodies)
        self.crawler_process.start()
        return bodies[0] if bodies else None


class OnePage(Spider):
    """Fetches one page as politely as any crawl, and writes nothing."""

    name = "one-page"
    allowed_domains: ClassVar[list[str]] = [urls.DOMAIN]
    custom_settings = {"ITEM_PIPELINES": {}, "EXTENSIONS": {Politeness: 0}}  # noqa: RUF012 - as Scrapy declares it
    address: str
    bodies: list[bytes]

    async def start(self) -> AsyncIterator[Request]:
        """Asks for the page."""
        yield requests.page(self.address, self.parse)

    def parse(self, response: Response) -> None:
        """Keeps it; an answer that is no page is told in the log."""
        if response.status == 200:
            self.bodies.append(response.body)
        else:
            self.logger.error("%s answered %d", response.url, response.status)
