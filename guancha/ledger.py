"""The ledger for a person: a table of runs, and one run whole."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table

from guancha.figures import CHANGES, Counts, Figures
from guancha.store.runs import Run
from guancha.verdict import DEGRADED, FAILED, OK

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
        counts = [_written(figures, "first"), _written(figures, *CHANGES)]
        counts += [_written(figures, "deleted"), figures.requests]
        shown = [f"{count:,}" if run.figures else "" for count in counts]
        name = f"{run.spider} ({run.job})" if run.job else run.spider
        row = (str(run.run_id), _minute(run.started), _took(run), escape(name), _verdict(run))
        table.add_row(*row, *shown, escape(_counts(figures.outcomes)))
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
        ("fields of the articles read", figures.fields, figures.articles),
        ("rules, by the pages on which they matched", figures.rules, 0),
    )
    for title, counts, of in shares:
        if counts:
            parts += ["", _shares(title, counts, of)]
    return Group(*parts)


def _facts(run: Run, figures: Figures) -> Iterator[tuple[str, str]]:
    yield "run", str(run.run_id)
    yield "spider", escape(run.spider)
    if run.job:
        yield "job", escape(run.job)
    yield "arguments", escape(" ".join(f"{k}={v}" for k, v in run.arguments.items())) or "none"
    yield "started", run.started
    yield "finished", run.finished or OPEN
    yield "verdict", _verdict(run) + (" (accepted)" if run.is_accepted else "")
    for words in run.reasons:
        yield "", escape(words)
    if not run.figures:
        return
    yield "ended as", escape(figures.reason)
    yield "articles", f"{figures.articles:,} read, {figures.unchanged:,} unchanged"
    lines = {
        "records": figures.written,
        "no article": figures.outcomes,
        "sections": figures.sections,
        "latency": figures.latency,
        "not asked for": figures.links,
        "faults": figures.faults,
        "answers": figures.statuses,
    }
    for name, counts in lines.items():
        if counts:
            yield name, escape(_counts(counts))
    yield "requests", f"{figures.requests:,}, of them {figures.retries:,} retries"
    yield "received", f"{figures.bytes:,} bytes"


def _listings(figures: Figures) -> Table:
    counts = ("pages", "articles", "in place", "unchanged", "gone", "missed")
    table = _table("listing", *counts, numbers=counts)
    for slug, each in figures.listings.items():
        numbers = (each.pages, each.offered, each.placed, each.unchanged, each.gone, each.missed)
        table.add_row(escape(slug), *(f"{number:,}" for number in numbers))
    return table


def _shares(title: str, counts: Counts, of: int) -> Table:
    table = _table(title, "", "", numbers=("",))
    for name, number in counts.items():
        table.add_row(escape(name), f"{number:,}", f"{number / of:.0%}" if of else "")
    return table


def _table(*columns: str, numbers: Iterable[str] = (), header: bool = True) -> Table:
    table = Table(box=None, pad_edge=False, show_header=header, header_style="bold")
    for name in columns:
        table.add_column(name, justify="right" if name in numbers else "left")
    return table


def _verdict(run: Run) -> str:
    if run.verdict is None:
        return OPEN
    return f"[{COLOURS.get(run.verdict, 'red')}]{escape(run.verdict)}[/]"


def _took(run: Run) -> str:
    if run.finished is None:
        return ""
    return str(datetime.fromisoformat(run.finished) - datetime.fromisoformat(run.started))


def _minute(moment: str) -> str:
    return datetime.fromisoformat(moment).strftime("%Y-%m-%d %H:%M")


def _written(figures: Figures, *kinds: str) -> int:
    return sum(figures.written.get(kind, 0) for kind in kinds)


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number:,} {name}" for name, number in counts.items())
