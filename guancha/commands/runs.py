"""``scrapy runs``: the ledger."""

import argparse
import json
import re
import sys
from dataclasses import asdict
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from sqlalchemy import Engine

from guancha.exceptions import StoreError
from guancha.store import runs
from guancha.store.reading import open_reader, snapshot, writing
from guancha.store.runs import Run

MOST = 100_000
ID = r"[0-9]{1,18}"
UNBOUNDED = 1000
"""Columns where nobody looks at a screen: nothing is cut."""


class Command(ScrapyCommand):
    """Exits 0, 1 where there is no ledger to read, 2 for wrong use."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[show ID | accept ID] [options]"

    def short_desc(self) -> str:
        return "List the runs that there were, or show one whole"

    def long_desc(self) -> str:
        return (
            "Without arguments, lists the latest runs. 'show ID' gives one whole: its verdict with the "
            "reasons, its figures and the hits of each rule. 'accept ID' says that the site is as that "
            "run found it: later runs with the same arguments are measured against it, and no longer "
            "against those before."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("-n", type=int, default=20, metavar="N", help="so many runs (20)")
        parser.add_argument("--spider", metavar="NAME", help="only of this spider")
        parser.add_argument("--json", action="store_true", help="one JSON object a line")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        verb, run_id = _asked(args)
        if not 1 <= opts.n <= MOST:
            raise UsageError(f"-n: expected 1 to {MOST}, got {opts.n}", print_help=False)
        assert self.settings is not None
        try:
            engine = open_reader(self.settings["STORE_URL"], Path(self.settings["DATA_DIR"]))
            try:
                self._answer(engine, verb, run_id, opts)
            finally:
                engine.dispose()
        except StoreError as error:
            print(f"scrapy runs: {error}", file=sys.stderr)
            self.exitcode = 1

    def _answer(self, engine: Engine, verb: str, run_id: int, opts: argparse.Namespace) -> None:
        if verb == "accept":
            with writing(engine) as connection:
                found = runs.accept(connection, run_id)
            if not found:
                raise UsageError(f"no run {run_id} in the ledger", print_help=False)
            print(f"run {run_id} is accepted")
            return
        with snapshot(engine) as connection:
            if verb == "show":
                run = runs.one(connection, run_id)
                if run is None:
                    raise UsageError(f"no run {run_id} in the ledger", print_help=False)
                _print([run], opts.json, is_whole=True)
            else:
                _print(runs.latest(connection, opts.n, opts.spider), opts.json)


def _asked(args: list[str]) -> tuple[str, int]:
    """What to do, and with which run."""
    if not args:
        return "list", 0
    if len(args) != 2 or args[0] not in ("show", "accept") or not re.fullmatch(ID, args[1]):
        given = " ".join(args)
        raise UsageError(f"expected nothing, show ID or accept ID, got {given!r}", print_help=False)
    return args[0], int(args[1])


def _print(found: list[Run], as_json: bool, is_whole: bool = False) -> None:
    if as_json:
        for run in found:
            print(json.dumps(asdict(run)))
        return
    # Not above: Scrapy imports every command for each.
    from rich.console import Console

    from guancha.ledger import overview, whole

    console = Console()
    if not console.is_terminal:
        console.width = UNBOUNDED
    if is_whole:
        console.print(whole(found[0]))
    elif found:
        console.print(overview(found))
    else:
        console.print("no run yet")
