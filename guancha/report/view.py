"""What stands on the page, worked out; the template only sets it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Self

from guancha.figures import Figures
from guancha.report import words
from guancha.report.bars import Chart, chart, field_chart, largest_first, rule_chart
from guancha.report.listings import MOST as MOST_LISTINGS
from guancha.report.listings import Row, rows
from guancha.store.runs import Run
from guancha.tally import LATENCIES
from guancha.verdict.reasons import Floors

MOST_RUNS, MOST_REASONS, MOST_ARGUMENTS = 30, 50, 50
"""So many earlier runs, reasons and arguments are shown, at most."""


LARGE = ("new", "changed", "deleted", "unchanged", "requests", "retries")
"""The figures that are set large, behind what was read."""


@dataclass(frozen=True)
class Tile:
    """One of them."""

    label: str
    number: int
    usual: int | None
    """That of the runs before; None without any."""


@dataclass(frozen=True)
class Part:
    """One part of the course of a run."""

    clock: str
    number: int
    height: float
    """From 0 to 1."""


@dataclass(frozen=True)
class View:
    """One page."""

    run: Run
    figures: Figures
    before: Sequence[Figures]
    level: str
    """ok, degraded, failed or, without a verdict, open."""
    sign: str
    headline: str
    started: str
    """Time in Beijing; so is ``ended``."""
    ended: str
    took: str
    reasons: Sequence[str]
    arguments: Sequence[tuple[str, str]]
    tiles: Sequence[Tile]
    course: Sequence[Part]
    charts: Sequence[Chart]
    fields: Chart
    rules: Chart
    listings: Sequence[Row]
    listings_left_out: int
    most_read: int
    """Read in any of the runs shown."""

    @classmethod
    def of(cls, run: Run, before: Sequence[Figures], floors: Floors | None) -> Self:
        """Works it out."""
        figures, shown = Figures.read(run.figures), before[:MOST_RUNS]
        level = run.verdict if run.verdict in words.VERDICTS else words.OPEN
        sign, headline = words.VERDICTS[level]
        listings = rows(figures, before)
        return cls(
            run=run,
            figures=figures,
            before=shown,
            level=level,
            sign=sign,
            headline=headline,
            started=_time(figures.started or run.started),
            ended=_time(run.finished) if run.finished else "not known",
            took=took(figures.seconds),
            reasons=run.reasons[:MOST_REASONS],
            arguments=list(run.arguments.items())[:MOST_ARGUMENTS],
            tiles=_tiles(figures, before),
            course=_course(figures),
            charts=[each for each in _charts(figures) if each.bars],
            fields=field_chart(figures, before, floors),
            rules=rule_chart(figures, before),
            listings=listings[:MOST_LISTINGS],
            listings_left_out=len(listings[MOST_LISTINGS:]),
            most_read=max(each.had for each in (figures, *shown)) or 1,
        )


def _tiles(figures: Figures, before: Sequence[Figures]) -> list[Tile]:
    usual = [round(median(each)) for each in zip(*map(_large, before), strict=True)]
    return [
        Tile(label, number, usual[place] if usual else None)
        for place, (label, number) in enumerate(
            zip((f"{figures.kind} read", *LARGE), _large(figures), strict=True)
        )
    ]


def _large(figures: Figures) -> tuple[int, ...]:
    had = figures.had, figures.new, figures.changed, figures.deleted, figures.unchanged
    return *had, figures.requests, figures.retries


def _charts(figures: Figures) -> list[Chart]:
    answers = {"read": figures.had, "unchanged": figures.unchanged, **figures.outcomes}
    latency = {label: figures.latency.get(label, 0) for label in LATENCIES}
    links, statuses = largest_first(figures.links), largest_first(figures.statuses)
    return [
        chart(
            "Asked for",
            "What the site answered.",
            largest_first(answers),
            words.ANSWERS,
        ),
        chart(
            "Age of new articles",
            "Time from publication to the crawl, up to …",
            latency if any(latency.values()) else {},
            {},
        ),
        chart(
            "Sections",
            "Articles read, by the first part of their address; authors are sections as well.",
            largest_first(figures.sections),
            words.sections(figures.sections),
        ),
        chart(
            "Records written",
            "Revisions by their cause, and outcomes.",
            largest_first(figures.written),
            words.RECORDS,
        ),
        chart("Links not followed", "And why.", links, words.LINKS),
        chart("Answers", "All of them, by their status.", statuses, words.statuses()),
        chart(
            "In the browser", "And what came of it.", largest_first(figures.browser), words.BROWSER
        ),
        chart("Faults", "Exceptions that reached the log.", largest_first(figures.faults), {}),
    ]


def _course(figures: Figures) -> list[Part]:
    most = max(figures.course, default=0) or 1
    width = timedelta(seconds=figures.course_seconds)
    return [
        Part(_clock(figures.started, width * place, width), number, number / most)
        for place, number in enumerate(figures.course)
    ]


def _time(stamp: str) -> str:
    return stamp[:19].replace("T", " ")


def took(seconds: float) -> str:
    """Hours, minutes and seconds.

    >>> took(61.4)
    '0:01:01'
    """
    return str(timedelta(seconds=round(seconds)))


def _clock(started: str, passed: timedelta, width: timedelta) -> str:
    """Time of the day, and the day in a long run; without a start how long it had been running."""
    try:
        moment = datetime.fromisoformat(started) + passed
    except (ValueError, OverflowError):
        return f"+{passed}"
    if passed > timedelta(hours=20):
        return f"{moment:%m-%d %H:%M}"
    return f"{moment:%H:%M}" if width >= timedelta(minutes=1) else f"{moment:%H:%M:%S}"
