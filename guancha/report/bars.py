"""Counts as bars, few enough to be looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guancha.figures import Counts, Figures
from guancha.verdict.chance import FEW, is_below
from guancha.verdict.fields import field_floors, page_kind
from guancha.verdict.reasons import Floors

MOST = 100
"""Bars of one chart, at most."""


@dataclass(frozen=True)
class Bar:
    """One count; shares and lengths are from 0 to 1."""

    label: str
    number: int
    length: float
    share: float
    words: str = ""
    """What the label means."""
    usual: float | None = None
    """The share in the runs before; None where they don't tell."""
    floor: float | None = None
    """The least share that is expected; None where none is."""
    is_low: bool = False


@dataclass(frozen=True)
class Chart:
    """Bars with a title."""

    title: str
    about: str
    bars: Sequence[Bar]
    left_out: int = 0
    """How many more there are."""


def chart(title: str, about: str, counts: Mapping[str, int], words: Mapping[str, str]) -> Chart:
    """Bars in the order of ``counts``, the longest as long as can be."""
    longest, total = max(counts.values(), default=0) or 1, sum(counts.values()) or 1
    bars = [
        Bar(label, number, number / longest, number / total, words.get(label, ""))
        for label, number in list(counts.items())[:MOST]
    ]
    return Chart(title, about, bars, max(0, len(counts) - MOST))


def largest_first(counts: Mapping[str, int]) -> Counts:
    """Counts that are not 0, in order."""
    return dict(sorted(((k, n) for k, n in counts.items() if n), key=lambda each: -each[1]))


def field_chart(figures: Figures, before: Sequence[Figures], floors: Floors | None) -> Chart:
    """Which share of the articles has each field, against the runs before; the low ones first."""
    least = field_floors(before, floors) if floors else {}
    usual = _usual([run.fields for run in before], sum(run.records for run in before))
    bars = []
    for name in sorted({*figures.fields, *least, *usual}):
        number, of = figures.fields.get(name, 0), figures.records
        share, floor = number / (of or 1), least.get(name)
        is_low = floor is not None and is_below(number, of, floor)
        bars.append(Bar(name, number, share, share, "", usual.get(name), floor, is_low))
    bars.sort(key=lambda bar: (not bar.is_low, -bar.share))
    about = f"Share of the {figures.records:,} records read that have it."
    return Chart("Fields", about, bars[:MOST] if figures.records else [], len(bars[MOST:]))


def rule_chart(figures: Figures, before: Sequence[Figures]) -> Chart:
    """On which share of the pages of its kind each rule matched; those that never did come last."""
    usual: dict[str, float] = {}
    for kind in ("article", "listing"):
        hits = [{r: n for r, n in run.rules.items() if page_kind(r) == kind} for run in before]
        usual |= _usual(hits, sum(run.pages.get(kind, 0) for run in before))
    bars = []
    for rule in sorted({*figures.rules, *usual}):
        number = figures.rules.get(rule, 0)
        share = number / (figures.pages.get(page_kind(rule), 0) or 1)
        bars.append(Bar(rule, number, share, share, usual=usual.get(rule)))
    bars.sort(key=lambda bar: -bar.share)
    pages = " and ".join(f"{number:,} {kind} pages" for kind, number in figures.pages.items())
    about = f"Share of the {pages} on which each one matched."
    return Chart("Rules", about, bars[: 5 * MOST], len(bars[5 * MOST :]))


def _usual(counts: Sequence[Counts], number: int) -> dict[str, float]:
    """Name -> share among ``number`` in all; nothing where that is too few to tell."""
    if number < FEW:
        return {}
    names = {name for each in counts for name in each}
    return {name: sum(each.get(name, 0) for each in counts) / number for name in names}
