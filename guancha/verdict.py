"""Whether a run did its job: its figures, judged by floors and by the runs before it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from guancha.figures import Counts, Figures, Listing
from guancha.sections import section

OK, DEGRADED, FAILED = "ok", "degraded", "failed"
LEVELS = (OK, DEGRADED, FAILED)
FEW = 10
"""A share is known, and may be judged, from so many on."""
RISK = 0.001
"""How seldom chance alone may take a count for one below its floor."""
CONFIRMED = ("gone", "stub", "offsite")
"""Outcomes that are final when they are heard again."""
HARMLESS = frozenset(
    ("closespider_timeout", "closespider_itemcount", "closespider_pagecount", "finished")
)
"""Ends of a run that are as its user wished."""
INTERRUPTED = "shutdown"
"""Scrapy's word for Ctrl-C and SIGTERM."""


@dataclass(frozen=True)
class Floors:
    """What is expected of a run; shares from 0 to 1. The settings give the reasons."""

    fields: Mapping[str, float]
    """Field of ``coverage`` -> least share of the articles that have it, where no run before tells."""
    drop: float
    """Part of the share of the runs before, below which a field or rule may not fall."""
    articles: float
    """Least share of articles among the answers to requests for articles."""
    listings: float
    """Least share of the listings that offer an article."""
    shown: float
    """Least share of a listing's articles that its templates show, where no run before tells."""
    incomplete: float
    """Largest share of the split articles of which a page could not be had."""
    outcomes: Mapping[str, float]
    """Kind of an outcome -> largest share among the answers to requests for articles."""


@dataclass(frozen=True)
class Reason:
    """Why a run is not ok."""

    level: str
    words: str


@dataclass(frozen=True)
class Verdict:
    """What is thought of a run."""

    reasons: Sequence[Reason] = field(default_factory=tuple)

    @property
    def level(self) -> str:
        """ok without a reason, else that of the worst one."""
        return max((reason.level for reason in self.reasons), key=LEVELS.index, default=OK)

    @property
    def words(self) -> list[str]:
        """The reasons in words, the worst first."""
        return [reason.words for reason in self.ranked]

    @property
    def ranked(self) -> list[Reason]:
        """The worst first."""
        return sorted(self.reasons, key=lambda reason: -LEVELS.index(reason.level))


def judge(figures: Figures, before: Sequence[Figures], floors: Floors) -> Verdict:
    """The verdict on a run; ``before`` are runs of its like that went well."""
    reasons = [*_end(figures), *_work(figures, floors), *_listings(figures, before, floors)]
    reasons += _fields(figures, before, floors)
    reasons += _rules(figures, before, floors)
    return Verdict(tuple(reasons))


def _end(figures: Figures) -> Iterator[Reason]:
    if not figures.reason:
        yield Reason(FAILED, "it never started")
    elif figures.reason == INTERRUPTED:
        yield Reason(DEGRADED, "interrupted: what was had is kept, and the next run goes on")
    elif figures.reason not in HARMLESS:
        yield Reason(FAILED, f"stopped, {figures.reason}: {figures.why or 'see the log'}")
    for name, number in figures.faults.items():
        yield Reason(FAILED, f"{name} reached the log {_times(number)}: a fault of the program")
    if figures.exports_failed:
        yield Reason(FAILED, "a feed could not be written: see the log")


def _work(figures: Figures, floors: Floors) -> Iterator[Reason]:
    """What the requests for articles have met."""
    # That something is gone was told once, and is only made sure of.
    sure = sum(figures.repeated.get(kind, 0) for kind in CONFIRMED)
    asked, had = figures.asked - sure, figures.articles + figures.unchanged
    there = had + figures.outcomes.get("stub", 0) - figures.repeated.get("stub", 0)
    offered = any(listing.offered for listing in figures.listings.values())
    level = FAILED if not had and (asked >= FEW or not offered) else DEGRADED
    if not figures.requests and figures.reason in HARMLESS:
        refused = ", ".join(f"{number} {why}" for why, number in figures.links.items())
        yield Reason(DEGRADED, f"nothing was asked of the site: {refused or 'nothing was named'}")
    if asked >= FEW and there < asked * floors.articles:
        kinds = ", ".join(f"{number} {kind}" for kind, number in figures.outcomes.items())
        yield Reason(level, f"only {there} of {asked} articles were there: {kinds}")
    if figures.incomplete > figures.split * floors.incomplete:
        words = f"{figures.incomplete} of {figures.split} split articles are not whole"
        yield Reason(DEGRADED, f"{words}, at most {floors.incomplete:.0%} expected")
    for kind, most in floors.outcomes.items():
        number = figures.outcomes.get(kind, 0)
        if number > asked * most:
            share = f"{number} of {asked} answers, at most {most:.0%} expected"
            yield Reason(level, f"{kind}: {share}")


def _listings(figures: Figures, before: Sequence[Figures], floors: Floors) -> Iterator[Reason]:
    empty = [slug for slug, listing in figures.listings.items() if _is_empty(listing)]
    offering = len(figures.listings) - len(empty)
    if figures.listings and offering < len(figures.listings) * floors.listings:
        level = DEGRADED if offering else FAILED
        of = len(figures.listings)
        yield Reason(level, f"{len(empty)} of {of} listings offered no article: {_some(empty)}")
    for slug, listing in figures.listings.items():
        earlier = [run.listings[slug] for run in before if slug in run.listings]
        if slug in empty and any(each.offered for each in earlier):
            yield Reason(DEGRADED, f"listing {slug} offers no article any more")
        elif listing.missed and not listing.pages and not listing.unchanged:
            yield Reason(DEGRADED, f"listing {slug} could not be read")
        elif listing.pages:
            yield from _looks(
                slug, listing, [each for each in earlier if each.pages], figures, floors
            )


def _looks(
    slug: str, listing: Listing, earlier: Sequence[Listing], figures: Figures, floors: Floors
) -> Iterator[Reason]:
    """A listing is read by every link on it; its templates tell whether it looks as it did."""
    looks = [look for look in section(slug).looks if look.since <= figures.started]
    expected, share = [look.templates for look in looks], floors.shown if looks else 0
    if earlier:
        steady = set.intersection(*(set(each.shown) for each in earlier))
        expected = [(name,) for name in sorted(steady)]
        placed = sum(each.placed for each in earlier)
        share = floors.drop * placed / (sum(each.offered for each in earlier) or 1)
    for names in expected:
        if not set(names) & set(listing.shown):
            words = " or ".join(names)
            yield Reason(DEGRADED, f"listing {slug} looks different: no {words} on it")
    if listing.placed < listing.offered * share:
        where = f"{listing.placed} of {listing.offered} articles are where they used to be"
        yield Reason(DEGRADED, f"listing {slug} looks different: only {where}")


def _is_empty(listing: Listing) -> bool:
    return not listing.offered and not listing.unchanged


def field_floors(before: Sequence[Figures], floors: Floors) -> Mapping[str, float]:
    """Field -> least share of the articles that have it: as the runs before tell, or else the floors."""
    known = sum(run.articles for run in before)
    if known < FEW:
        return floors.fields
    return _expected([run.fields for run in before], known, floors.drop)


def _fields(figures: Figures, before: Sequence[Figures], floors: Floors) -> Iterator[Reason]:
    number = figures.articles
    for name, share in field_floors(before, floors).items():
        count = figures.fields.get(name, 0)
        if is_below(count, number, share):
            usual = f"at least {share:.0%} expected"
            yield Reason(DEGRADED, f"field {name}: in {count} of {number} articles, {usual}")


def _rules(figures: Figures, before: Sequence[Figures], floors: Floors) -> Iterator[Reason]:
    for kind, number in figures.pages.items():
        known = sum(run.pages.get(kind, 0) for run in before)
        hits = [{r: n for r, n in run.rules.items() if page_kind(r) == kind} for run in before]
        for rule, share in _expected(hits, known, floors.drop).items():
            if not figures.rules.get(rule) and is_below(0, number, share):
                yield Reason(
                    DEGRADED, f"rule {rule} has matched before, and on none of {number} pages"
                )


def page_kind(rule: str) -> str:
    """Of the pages that a rule is for: article or listing."""
    return "listing" if rule.startswith("listing/") else "article"


def _expected(counts: Sequence[Counts], number: int, drop: float) -> dict[str, float]:
    """Name -> least share, as earlier runs with ``number`` in all tell it; without the rare."""
    names = {name for each in counts for name in each}
    totals = {name: sum(each.get(name, 0) for each in counts) for name in sorted(names)}
    return {name: drop * total / number for name, total in totals.items() if total >= FEW}


def is_below(count: int, number: int, share: float) -> bool:
    """Whether ``count`` of ``number`` is less than chance would leave of ``share``, by Chernoff's bound.

    >>> is_below(0, 100, 0.1), is_below(0, 5, 0.1), is_below(9, 100, 0.1)
    (True, False, False)
    """
    if not number or count >= number * share:
        return False
    found = count / number
    distance = (1 - found) * log((1 - found) / (1 - share))
    if found:
        distance += found * log(found / share)
    return number * distance > -log(RISK)


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:FEW])
    return shown if len(names) <= FEW else f"{shown} and {len(names) - FEW} more"
