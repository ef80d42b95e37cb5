"""Whether fields and rules are found as often as they should be."""

from collections.abc import Iterator, Mapping, Sequence

from guancha.figures import Counts, Figures
from guancha.verdict.chance import FEW, is_below
from guancha.verdict.reasons import DEGRADED, Floors, Reason

ENOUGH = 100
"""Articles. A run with fewer is judged together with those right before it as well."""
KINDS = frozenset(("listing", "home", "thread", "post"))
"""Pages that are no articles, by which the names of their rules begin."""
STEADY = 0.9
"""Share from which on nearly all articles have a field."""


def field_reasons(
    figures: Figures, before: Sequence[Figures], latest: Sequence[Figures], floors: Floors
) -> Iterator[Reason]:
    """Fields that are too rare in this run, and can't be so by chance; each is told once."""
    told: set[str] = set()
    for pool in _pools(figures, latest):
        number = sum(run.records for run in pool)
        for name, share in field_floors(_without(before, pool), floors).items():
            count = sum(run.fields.get(name, 0) for run in pool)
            is_rare = figures.fields.get(name, 0) < figures.records * share
            if name not in told and is_rare and is_below(count, number, share):
                told.add(name)
                found = f"in {count} of {number} {figures.words.records}{_of_runs(pool)}"
                yield Reason(DEGRADED, f"field {name}: {found}, at least {share:.0%} expected")


def rule_reasons(
    figures: Figures, before: Sequence[Figures], latest: Sequence[Figures], floors: Floors
) -> Iterator[Reason]:
    """Rules that have matched before, and in this run on no page; each is told once."""
    told: set[str] = set()
    for pool in _pools(figures, latest):
        usual = _without(before, pool)
        for kind in figures.pages:
            number = sum(run.pages.get(kind, 0) for run in pool)
            for rule, share in _rule_floors(usual, kind, floors).items():
                count = sum(run.rules.get(rule, 0) for run in pool)
                is_lost = rule not in told and not figures.rules.get(rule)
                if is_lost and is_below(count, number, share):
                    told.add(rule)
                    pages = f"{count or 'none'} of {number} pages{_of_runs(pool)}"
                    yield Reason(DEGRADED, f"rule {rule} has matched before, and on {pages}")


def field_floors(before: Sequence[Figures], floors: Floors) -> Mapping[str, float]:
    """Field -> least share of the articles that have it: as the runs before tell, or else the floors."""
    known = sum(run.records for run in before)
    if known < FEW:
        return floors.fields
    usual = _expected([run.fields for run in before], known, floors)
    for name, share in floors.fields.items():
        # A floor that holds is not left: else it would sink with the runs, a little each time.
        if sum(run.fields.get(name, 0) for run in before) >= known * share:
            usual[name] = max(share, usual.get(name, 0))
    return usual


def page_kind(rule: str) -> str:
    """Of the pages that a rule is for.

    >>> page_kind("listing/links/1"), page_kind("related/hot/1")
    ('listing', 'article')
    """
    kind = rule.partition("/")[0]
    return kind if kind in KINDS else "article"


def _rule_floors(before: Sequence[Figures], kind: str, floors: Floors) -> Mapping[str, float]:
    known = sum(run.pages.get(kind, 0) for run in before)
    hits = [{r: n for r, n in run.rules.items() if page_kind(r) == kind} for run in before]
    return _expected(hits, known, floors)


def _expected(counts: Sequence[Counts], number: int, floors: Floors) -> dict[str, float]:
    """Name -> least share, as earlier runs with ``number`` in all tell it; without the rare."""
    totals: dict[str, int] = {}
    for each in counts:
        for name, count in each.items():
            totals[name] = totals.get(name, 0) + count
    expected = {}
    for name, total in sorted(totals.items()):
        if FEW <= total <= number:
            drop = floors.steady_drop if total >= STEADY * number else floors.drop
            expected[name] = drop * total / number
    return expected


def _pools(figures: Figures, latest: Sequence[Figures]) -> Iterator[list[Figures]]:
    """This run; then with the one before it, and so on, until they have read enough."""
    pool = [figures]
    yield pool
    for run in latest:
        if not figures.records or sum(each.records for each in pool) >= ENOUGH:
            return
        pool = [*pool, run]
        yield pool


def _without(before: Sequence[Figures], pool: Sequence[Figures]) -> list[Figures]:
    return [run for run in before if not any(run is each for each in pool)]


def _of_runs(pool: Sequence[Figures]) -> str:
    return f" of the last {len(pool)} runs" if len(pool) > 1 else ""
