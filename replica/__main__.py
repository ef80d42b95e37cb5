"""``python -m replica run|serve|truth``: the stand-in, served, and what is true of it."""

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence

from replica.comment_truth import comments
from replica.content import Record
from replica.faults import FaultError, Faults, parse_faults
from replica.headline_truth import headlines
from replica.outcomes import outcomes
from replica.post_truth import posts
from replica.running import run, serve
from replica.site import Site
from replica.timeline import EPOCHS, World
from replica.truth import records

STREAMS: dict[str, Callable[[World], Iterator[Record]]] = {
    "articles": records,
    "outcomes": outcomes,
    "comments": comments,
    "headlines": headlines,
    "posts": posts,
}
"""What ``truth`` can print."""
FEWEST, MOST = 10, 100_000


def whole(least: int, most: int) -> Callable[[str], int]:
    """A type of argument: a whole number within bounds."""

    def convert(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = least - 1
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(
                f"expected a whole number from {least} to {most}, got {text!r}"
            )
        return value

    return convert


def faults(text: str) -> str:
    """A type of argument: a specification of faults, checked but not yet seeded."""
    try:
        parse_faults(text, 0)
    except FaultError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    return text


def _site_options() -> argparse.ArgumentParser:
    """What makes one site differ from another."""
    options = argparse.ArgumentParser(add_help=False)
    add = options.add_argument
    few = f"entries on day 0, {FEWEST} to {MOST}; one in twenty is a stub (default 300)"
    add("--articles", type=whole(FEWEST, MOST), default=300, metavar="N", help=few)
    add("--seed", type=whole(0, 2**31), default=1, metavar="S", help="of all words (default 1)")
    add("--day", type=whole(0, 10_000), default=0, metavar="D", help="after the epoch (default 0)")
    add("--era", choices=sorted(EPOCHS), default="2019", help="of the mark-up (default 2019)")
    spec = "errors=P,reset=P,truncate=P,slow=P,challenge=P,garbage=P,rename=SELECTOR"
    add("--faults", type=faults, default="", metavar="SPEC", help=spec)
    delay = "Crawl-delay of robots.txt, in seconds (default: none)"
    add("--crawl-delay", type=whole(0, 86_400), metavar="N", help=delay)
    return options


def parser() -> argparse.ArgumentParser:
    """The command line."""
    options = [_site_options()]
    line = argparse.ArgumentParser(prog="python -m replica", description=__doc__)
    verbs = line.add_subparsers(dest="verb", required=True)
    command = verbs.add_parser("run", parents=options, help="run a command against the stand-in")
    command.add_argument("command", nargs="+", metavar="COMMAND", help="after --")
    verbs.add_parser("serve", parents=options, help="serve until interrupted")
    truth = verbs.add_parser("truth", parents=options, help="print what a perfect crawl would give")
    chosen = truth.add_mutually_exclusive_group()
    chosen.add_argument("--stream", choices=STREAMS, default="articles", help="(default articles)")
    others = "the same as --stream outcomes: what is no article"
    chosen.add_argument(
        "--outcomes", dest="stream", action="store_const", const="outcomes", help=others
    )
    return line


def _print_truth(lines: Iterator[Record]) -> int:
    try:
        for line in lines:
            print(json.dumps(line, ensure_ascii=False))
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has seen enough; nothing more may be written, at exit neither.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Does what the command line asks; returns the exit code."""
    options = parser().parse_args(arguments)
    world = World(options.seed, options.articles, options.day, options.era)
    if options.verb == "truth":
        return _print_truth(STREAMS[options.stream](world))
    site = Site(world, options.crawl_delay)
    bad_days: Faults = parse_faults(options.faults, options.seed)
    if options.verb == "serve":
        return asyncio.run(serve(site, bad_days))
    return asyncio.run(run(site, bad_days, options.command))


if __name__ == "__main__":
    sys.exit(main())
