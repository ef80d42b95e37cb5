"""``scrapy reparse``: reads archived pages again with today's rules."""

import argparse
import os
import signal
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from guancha import clock
from guancha.commands._output import flush
from guancha.exceptions import ArgumentError, GuanchaError
from guancha.extensions.options import read_number, read_shares
from guancha.processors.text import visible
from guancha.verdict.reasons import DEGRADED, FAILED, OK, Verdict

MOST_BYTES = 1 << 30
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
EXIT = {OK: 0, FAILED: 1, DEGRADED: 3}


class Command(ScrapyCommand):
    """Exits 0 where all is well, 3 where something could not be read, 1 where it failed, 2 for wrong use."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "PATH… [options]"

    def short_desc(self) -> str:
        return "Read archived pages (WARC) again with today's rules"

    def long_desc(self) -> str:
        return (
            "Reads WARC files, or the folders that hold them: the archive's own in DATA_DIR/warc, or "
            "anybody's. Each page of an article gives the records that a crawl would have given at that "
            "time, once, whatever the order of the files. They go into the archive, or with --into into "
            "a new directory."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        add = parser.add_argument
        add("--jobs", metavar="N", help="processes; by default one for each processor")
        add(
            "--since",
            metavar="DAY",
            help="only pages that were fetched on this day (Beijing) or later",
        )
        add("--until", metavar="DAY", help="or earlier, likewise")
        add(
            "--into",
            metavar="DIR",
            help="a new directory for the records; the archive stays as it is",
        )
        add("-q", "--quiet", action="store_true", help="no bar, no word unless something is wrong")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        # Scrapy takes options that it does not know for arguments.
        if unknown := [name for name in args if name.startswith("-")]:
            raise UsageError(f"unknown option {unknown[0]!r}", print_help=False)
        stops = _heed_stops()
        try:
            verdict = self._reparse(args, opts, stops)
        except ArgumentError as error:
            raise UsageError(f"{error}", print_help=False) from error
        except (GuanchaError, OSError) as error:
            print(f"scrapy reparse: {error}", file=sys.stderr)
            self.exitcode = 1
        except KeyboardInterrupt:
            print("scrapy reparse: it was stopped", file=sys.stderr)
            self.exitcode = 1
        else:
            self.exitcode = EXIT[verdict.level]

    def _reparse(
        self, args: Sequence[str], opts: argparse.Namespace, stops: Sequence[int]
    ) -> Verdict:
        # Not above: Scrapy imports every command for each.
        from guancha.reparse.asked import Asked
        from guancha.reparse.progress import Shown
        from guancha.reparse.reparse import Limits, reparse

        assert self.settings is not None
        settings = self.settings
        clock.start()
        asked = Asked.parse(args, opts.jobs, opts.since, opts.until, opts.into)
        limits = Limits(
            data=Path(settings["DATA_DIR"]),
            store_url=settings["STORE_URL"],
            most=read_number(settings, "DOWNLOAD_MAXSIZE", least=1, most=MOST_BYTES),
            max_tries=read_number(settings, "MAX_TRIES", least=1),
            outcomes=read_shares(settings, "OUTCOMES_MOST"),
            is_plain=settings.getbool("READERS_PLAIN"),
        )
        with Shown(quiet=opts.quiet) as shown:

            def show(*now: Any) -> None:
                # Python swallows what is raised in a callback of its own.
                if stops:
                    raise KeyboardInterrupt
                shown(*now)

            verdict, figures = reparse(asked, limits, show)
        # Nobody may read on, but the work is done.
        with suppress(OSError):
            _tell(verdict, figures, quiet=opts.quiet)
        flush()
        return verdict


def _heed_stops() -> Sequence[int]:
    """Has the first signal of any kind that asks for an end be as Ctrl-C, and those behind it be nothing.

    Returns a list that holds it as soon as it has come.
    """
    ours, stops = os.getpid(), list[int]()

    def stop(number: int, _: FrameType | None) -> None:
        if os.getpid() != ours:
            # A process of the pool: what goes to all of them is for us, who end them by SIGTERM.
            if number == signal.SIGTERM:
                os._exit(1)
            return
        # What is half made is put in order; nobody is to break that off.
        for each in STOPS:
            signal.signal(each, signal.SIG_IGN)
        stops.append(number)
        raise KeyboardInterrupt

    for each in STOPS:
        # Under nohup one of them is ignored, and stays so.
        if signal.getsignal(each) != signal.SIG_IGN:
            signal.signal(each, stop)
    return stops


def _tell(verdict: Verdict, figures: Iterable[tuple[str, str]], *, quiet: bool) -> None:
    if quiet and verdict.level == OK:
        return
    file = sys.stderr if quiet else sys.stdout
    print(verdict.level, file=file)
    for reason in verdict.ranked:
        print(f"{reason.level}: {visible(reason.words)}", file=file)
    for name, value in () if quiet else figures:
        print(f"{name:<21}{visible(value)}", file=file)
