"""How the figures of a run look on a terminal."""

from datetime import timedelta

from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from guancha.extensions.standing import Standing
from guancha.processors.text import visible
from guancha.sections import section

WIDTH = 60
"""Columns that it takes at the most."""


def panel(now: Standing, width: int) -> Panel:
    """The figures, for a terminal of ``width`` columns."""
    errors = {"layout": now.layout, "error": now.error, "challenge": now.challenge}
    errors["exceptions"] = now.exceptions
    table = Table.grid(padding=(0, 2), expand=True)
    table.add_column(style="cyan", no_wrap=True, min_width=len("requests"))
    table.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
    table.add_row("read", _row(now.read, "green", {"new": now.new, "edited": now.edited}))
    requests = {"a minute": round(now.rate), "retried": now.retries}
    table.add_row("requests", _row(now.requests, "default", requests))
    table.add_row("queue", _row(now.queue, "default", {}))
    table.add_row("errors", _row(now.errors, "red" if now.errors else "default", errors))
    table.add_row("listing", _listing(now.listing))
    return Panel(
        table,
        title=Text("guancha", "bold"),
        title_align="left",
        subtitle=Text(str(timedelta(seconds=now.elapsed))),
        subtitle_align="right",
        border_style="cyan",
        width=min(WIDTH, width),
    )


def _row(total: int, colour: str, parts: dict[str, int]) -> Text:
    """A number, and what else is to be said of it where that is not 0."""
    words = [f"{number:,} {name}" for name, number in parts.items() if number]
    return Text.assemble((f"{total:>7,}", f"bold {colour}"), "  ", (", ".join(words), "dim"))


def _listing(slug: str) -> Text:
    """Its name and slug; Text, unlike str, is not read for mark-up."""
    if not slug:
        return Text("–", "dim")
    name = section(slug).name
    return Text(visible(slug if name == slug else f"{name} {slug}"), "bold")
