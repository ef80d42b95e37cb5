"""The ledger for a person: a table of runs, and one run whole."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table

from guancha.figures import Counts, Figures
from guancha.processors.text import visible
from guancha.store.runs import Run
from guancha.verdict.reasons import DEGRADED, FAILED, OK

COLOURS = {OK: "green", DEGRADED: "yellow", FAILED: "red"}
OPEN = "not ended"
"""A run that goes on, or was killed: only the next one can tell."""


def overview(runs: Iterable[Run]) -> Table:
    """One line a run."""
    columns = ("run", "started", "took", "spider", "verdict")
    numbers = ("new", "changed", "deleted", "requests")
    table = _table(*columns, *numbers, "no article", numbers=("run", "took", *numbers))
    for run in runs:
        figures = Figures.read(run.figures)
        counts = [figures.new, figures.changed, figures.deleted, figures.requests]
        shown = [f"{count:,}" if run.figures else "" for count in counts]
        name = f"{run.spider} ({run.job})" if run.job else run.spider
        row = (str(run.run_id), _minute(run.started), _took(run), _plain(name), _verdict(run))
        table.add_row(*row, *shown, _plain(_counts(figures.outcomes)))
    return table


def whole(run: Run) -> Group:
    """All that is known of one."""
    figures = Figures.read(run.figures)
    facts = _table("", "", header=False)
    for name, value in _facts(run, figures):
        facts.add_row(name, value)
    parts: list[RenderableType] = [facts]
    if figures.listings:
        parts += ["", _listings(figures)]
    shares = (
        ("fields of the records read", figures.fields, figures.records),
        ("rules, by the pages on which they matched", figures.rules, 0),
    )
    for title, counts, of in shares:
        if counts:
            parts += ["", _shares(title, counts, of)]
    return Group(*parts)


def _facts(run: Run, figures: Figures) -> Iterator[tuple[str, str]]:
    yield "run", str(run.run_id)
    yield "spider", _plain(run.spider)
    if run.job:
        yield "job", _plain(run.job)
    yield "arguments", _plain(" ".join(f"{k}={v}" for k, v in run.arguments.items())) or "none"
    yield "started", run.started
    yield "finished", run.finished or OPEN
    yield "verdict", _verdict(run) + (" (accepted)" if run.is_accepted else "")
    for words in run.reasons:
        yield "", _plain(words)
    if not run.figures:
        return
    yield "ended as", _plain(figures.reason)
    yield figures.kind, f"{figures.had:,} read, {figures.unchanged:,} unchanged"
    if figures.records != figures.had:
        yield "records in them", f"{figures.records:,}"
    lines = {
        "records": figures.written,
        "no article": figures.outcomes,
        "sections": figures.sections,
        "latency": figures.latency,
        "not asked for": figures.links,
        "in the browser": figures.browser,
        "faults": figures.faults,
        "answers": figures.statuses,
    }
    for name, counts in lines.items():
        if counts:
            yield name, _plain(_counts(counts))
    yield "requests", f"{figures.requests:,}, of them {figures.retries:,} retries"
    yield "received", f"{figures.bytes:,} bytes"


def _listings(figures: Figures) -> Table:
    counts = ("pages", "articles", "in place", "unchanged", "gone", "missed")
    table = _table("listing", *counts, numbers=counts)
    for slug, each in figures.listings.items():
        numbers = (each.pages, each.offered, each.placed, each.unchanged, each.gone, each.missed)
        table.add_row(_plain(slug), *(f"{number:,}" for number in numbers))
    return table


def _shares(title: str, counts: Counts, of: int) -> Table:
    table = _table(title, "", "", numbers=("",))
    for name, number in counts.items():
        table.add_row(_plain(name), f"{number:,}", f"{number / of:.0%}" if of else "")
    return table


def _table(*columns: str, numbers: Iterable[str] = (), header: bool = True) -> Table:
    table = Table(box=None, pad_edge=False, show_header=header, header_style="bold")
    for name in columns:
        table.add_column(name, justify="right" if name in numbers else "left")
    return table


def _plain(text: str) -> str:
    """A text that is no mark-up, and can't steer a terminal."""
    return escape(visible(text))


def _verdict(run: Run) -> str:
    if run.verdict is None:
        return OPEN
    return f"[{COLOURS.get(run.verdict, 'red')}]{_plain(run.verdict)}[/]"


def _took(run: Run) -> str:
    begun, ended = _moment(run.started), _moment(run.finished)
    return str(ended - begun) if begun and ended else ""


def _minute(stamp: str) -> str:
    moment = _moment(stamp)
    return moment.strftime("%Y-%m-%d %H:%M") if moment else _plain(stamp)


def _moment(stamp: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(stamp or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number:,} {name}" for name, number in counts.items())
