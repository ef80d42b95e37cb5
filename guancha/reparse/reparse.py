"""A reparse as a command runs it: from what was asked for to the verdict."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from guancha import clock
from guancha.reparse.asked import Asked
from guancha.reparse.directory import Directory
from guancha.reparse.judging import judge, summary
from guancha.reparse.run import Reparse, Shown
from guancha.reparse.work import Order
from guancha.verdict.reasons import Verdict

AHEAD = timedelta(days=1)
"""How far the clock of who made a file may have been ahead of ours."""


@dataclass(frozen=True)
class Limits:
    """What the settings say."""

    data: Path
    store_url: str | None
    most: int
    """Bytes of a page."""
    max_tries: int
    outcomes: Mapping[str, float]
    """Kind of an outcome -> largest share of the answers."""
    is_plain: bool
    """Whether readers' numbers stay in addresses."""


def reparse(asked: Asked, limits: Limits, shown: Shown) -> tuple[Verdict, list[tuple[str, str]]]:
    """The verdict, and the figures in words.

    Raises ArgumentError, StoreError and DataDirectoryError in words, and OSError.
    """
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory(prefix="guancha-reparse-"))
        run = Reparse(_order(asked, limits, Path(folder)), asked.jobs, shown)
        stack.callback(run.close)
        assert asked.into is not None
        made = Directory.make(asked.into, limits.data)
        stack.callback(made.discard)
        run.find()
        run.read(made)
        made.finish()
        verdict = judge(run.done, limits.outcomes)
    return verdict, list(summary(run.done))


def _order(asked: Asked, limits: Limits, folder: Path) -> Order:
    return Order(
        files=asked.files,
        folder=folder,
        most=limits.most,
        latest=clock.now() + AHEAD,
        since=asked.since,
        until=asked.until,
        max_tries=limits.max_tries,
        is_plain=limits.is_plain,
        has_store=asked.into is None,
    )
