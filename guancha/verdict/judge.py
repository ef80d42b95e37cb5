"""The verdict on a run."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from guancha.figures import Figures
from guancha.verdict.chance import FEW, is_above
from guancha.verdict.fields import field_reasons, rule_reasons
from guancha.verdict.listings import listing_reasons
from guancha.verdict.reasons import DEGRADED, FAILED, Floors, Reason, Verdict

CONFIRMED = ("gone", "stub", "offsite")
"""Outcomes that are final when they are heard again."""
SHUT = ("closed", "disabled", "erased")
"""Outcomes of comments, and of posts whose writer is forgotten, that are no failure."""
HARMLESS = frozenset(
    ("closespider_timeout", "closespider_itemcount", "closespider_pagecount", "finished")
)
"""Ends of a run that are as its user wished."""
INTERRUPTED = "shutdown"
"""Scrapy's word for Ctrl-C and SIGTERM."""
LONG = 3
"""Times the longest pause between new articles that runs before have seen."""


def judge(
    figures: Figures, before: Sequence[Figures], floors: Floors, latest: Sequence[Figures] = ()
) -> Verdict:
    """The verdict on a run.

    ``before`` are runs of its like that went well, ``latest`` all of its like; both newest first.
    """
    reasons = [*_end(figures), *_work(figures, floors), *_stale(figures, latest, floors)]
    reasons += [*_silent(figures, before), *listing_reasons(figures, before, floors)]
    reasons += field_reasons(figures, before, latest, floors)
    reasons += rule_reasons(figures, before, latest, floors)
    return Verdict(tuple(reasons))


def _end(figures: Figures) -> Iterator[Reason]:
    if not figures.reason:
        yield Reason(FAILED, "it never started")
    elif figures.reason == INTERRUPTED:
        yield Reason(DEGRADED, "interrupted: what was had is kept, and the next run goes on")
    elif figures.reason not in HARMLESS:
        yield Reason(FAILED, f"stopped, {figures.reason}: {figures.why or 'see the log'}")
    for name, number in figures.faults.items():
        times = "once" if number == 1 else f"{number} times"
        yield Reason(FAILED, f"{name} reached the log {times}: a fault of the program")
    if figures.exports_failed:
        yield Reason(FAILED, "a feed could not be written: see the log")


def _work(figures: Figures, floors: Floors) -> Iterator[Reason]:
    """What the requests for articles have met."""
    # That something is gone was told once, and is only made sure of.
    outcomes = {
        kind: number - (figures.repeated.get(kind, 0) if kind in CONFIRMED else 0)
        for kind, number in figures.outcomes.items()
    }
    # Threads that readers find closed or disabled are as the site wants them.
    had = figures.had + figures.unchanged + sum(outcomes.pop(kind, 0) for kind in SHUT)
    asked = had + sum(outcomes.values())
    # Stubs stand beside articles; where hardly anything else is had, something sends readers away.
    there = had + min(had, outcomes.get("stub", 0))
    is_offered = any(listing.offered for listing in figures.listings.values())
    level = DEGRADED if had or (is_offered and asked < FEW) else FAILED
    if not figures.requests and figures.reason in HARMLESS and figures.links.keys() != {"known"}:
        refused = ", ".join(f"{number} {why}" for why, number in figures.links.items())
        yield Reason(DEGRADED, f"nothing was asked of the site: {refused or 'nothing was named'}")
    pages = sum(number for kind, number in figures.pages.items() if kind != "listing")
    if pages >= FEW and not figures.asked:
        yield Reason(FAILED, f"none of {pages} pages reached the archive")
    is_much = asked >= FEW or (asked > 0 and not is_offered)
    if is_much and there < asked * floors.articles:
        kinds = ", ".join(f"{number} {kind}" for kind, number in outcomes.items() if number)
        few = DEGRADED if asked < FEW and outcomes.keys() <= set(CONFIRMED) else level
        yield Reason(few, f"only {there} of {asked} {figures.kind} were there: {kinds}")
    beyond = {
        kind: most
        for kind, most in floors.outcomes.items()
        # One odd page of a listing's may happen to any run, and is asked for again.
        if outcomes.get(kind, 0) > max(1 if had and is_offered else 0, asked * most)
    }
    if is_above(outcomes.get("gone", 0), asked, floors.gone):
        beyond["gone"] = floors.gone
    for kind, most in beyond.items():
        share = f"{outcomes[kind]} of {asked} answers, at most {most:.0%} expected"
        yield Reason(level, f"{kind}: {share}")
    if figures.incomplete > max(1, figures.split * floors.incomplete):
        what = "split articles" if figures.spider == "articles" else figures.kind
        words = f"{figures.incomplete} of {figures.split} {what} are not whole"
        yield Reason(DEGRADED, f"{words}, at most {floors.incomplete:.0%} expected")


def _silent(figures: Figures, before: Sequence[Figures]) -> Iterator[Reason]:
    """Comments that are nowhere: an answer like any other, but not everywhere."""
    if figures.spider != "comments" or figures.asked < FEW:
        return
    if not figures.records and not any(run.had and not run.records for run in before):
        yield Reason(DEGRADED, f"no comment in any of {figures.asked} threads")
    elif _is_shut(figures) and not any(map(_is_shut, before)):
        yield Reason(DEGRADED, f"most of {figures.asked} threads are closed or disabled")


def _is_shut(figures: Figures) -> bool:
    return 2 * sum(figures.outcomes.get(kind, 0) for kind in SHUT) > figures.asked


def _stale(figures: Figures, latest: Sequence[Figures], floors: Floors) -> Iterator[Reason]:
    """A site that shows the same for days on end, or a proxy that does."""
    news = [datetime.fromisoformat(run.started) for run in latest if run.new and run.started]
    if figures.new or not news or not figures.started:
        return
    pauses = [later - earlier for later, earlier in pairwise(news)]
    most = max([timedelta(days=floors.stale_days), *(LONG * pause for pause in pauses)])
    if datetime.fromisoformat(figures.started) - news[0] > most:
        words = f"nothing new since the run of {news[0]:%Y-%m-%d %H:%M}"
        yield Reason(DEGRADED, words)
