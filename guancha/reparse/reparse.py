"""A reparse as a command runs it: from what was asked for to the verdict."""

import sqlite3
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from guancha import clock
from guancha.exceptions import DataDirectoryError, GuanchaError
from guancha.processors.text import visible
from guancha.reparse.archive import Archive
from guancha.reparse.asked import Asked
from guancha.reparse.directory import Directory
from guancha.reparse.judging import judge, summary
from guancha.reparse.run import Reparse, Shown, undisturbed
from guancha.reparse.tasks import Order
from guancha.reparse.workspace import workspace
from guancha.verdict.reasons import FAILED, Reason, Verdict

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
        folder = stack.enter_context(workspace())
        # Before the store is opened: the processes are to have nothing of it.
        run = Reparse(_order(asked, limits, folder), asked.jobs, shown)
        stack.callback(run.close)
        try:
            if asked.into is None:
                verdict = _into_archive(run, asked, limits)
            else:
                verdict = _into_directory(run, asked.into, limits)
        except sqlite3.Error as error:
            raise DataDirectoryError(f"{folder}: {error}") from error
    return verdict, list(summary(run.done))


def _into_directory(run: Reparse, given: str, limits: Limits) -> Verdict:
    made = Directory.make(given, limits.data)
    try:
        run.find()
        run.read(made)
        verdict = judge(run.done, limits.outcomes)
        if verdict.level == FAILED:
            return verdict + Reason(FAILED, f"nothing is kept: {made.path} was not made")
        made.finish()
    finally:
        made.discard()
    return verdict


def _into_archive(run: Reparse, asked: Asked, limits: Limits) -> Verdict:
    archive = Archive(limits.store_url, limits.data, limits.max_tries, asked, run.done)
    try:
        try:
            run.find()
            run.read(archive)
            with undisturbed():
                archive.finish()
                verdict = judge(run.done, limits.outcomes)
                archive.end(verdict, "finished")
        except (KeyboardInterrupt, GuanchaError, OSError, sqlite3.Error) as error:
            # What has gone wrong here as well comes of that.
            with suppress(GuanchaError, OSError):
                _break_off(archive, error)
            raise
    finally:
        archive.close()
    return verdict


def _break_off(archive: Archive, error: BaseException) -> None:
    """Notes in the ledger why it was ended, where the store lets us."""
    is_stop = isinstance(error, KeyboardInterrupt)
    why = "stopped" if is_stop else visible(f"{error}")
    words = f"{why}: what was taken in is kept, and the next run does the rest"
    try:
        archive.store.settle()
    finally:
        archive.end(Verdict((Reason(FAILED, words),)), "shutdown" if is_stop else "error")


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
