"""Whether the listings did what they did before."""

from collections.abc import Iterator, Sequence

from guancha.figures import Figures, Listing
from guancha.sections import section
from guancha.verdict.reasons import DEGRADED, FAILED, Floors, Reason

LATEST = 10
"""So many runs before tell how a listing looks."""
SHRUNK = 0.25
"""Part of the articles that a page of a listing used to offer; the last page of a walk has fewer."""
NAMED = 10
"""So many listings are named in a reason."""


def listing_reasons(
    figures: Figures, before: Sequence[Figures], floors: Floors
) -> Iterator[Reason]:
    """What is wrong with the listings; a 304 is an answer like any other."""
    empty = [slug for slug, listing in figures.listings.items() if listing.is_empty]
    number, words = len(figures.listings), figures.words
    if empty and number - len(empty) < number * floors.listings:
        level = FAILED if len(empty) == number else DEGRADED
        listings = f"{len(empty)} of {number} {words.plural}"
        yield Reason(level, f"{listings} offered no {words.entry}: {_some(empty)}")
    for slug, listing in figures.listings.items():
        earlier = [run.listings[slug] for run in before if slug in run.listings]
        name = f"{words.listing} {slug}"
        if slug in empty and any(not each.is_empty for each in earlier):
            yield Reason(DEGRADED, f"{name} offers no {words.entry} any more")
        elif listing.is_empty and listing.missed:
            yield Reason(DEGRADED, f"{name} could not be read")
        elif listing.is_empty and figures.spider == "headlines" and not earlier:
            # Each box is there for a reader: one that was never seen may have been looked for in vain.
            yield Reason(DEGRADED, f"{name} offers no {words.entry}")
        elif listing.pages:
            read = [each for each in earlier if each.pages][:LATEST]
            looks = section(slug).looks if figures.spider == "articles" else ()
            expected = [look.templates for look in looks if look.since <= figures.started]
            for said in _changes(listing, read, expected, floors, words.entries):
                yield Reason(DEGRADED, f"{name} {said}")


def _changes(
    listing: Listing,
    earlier: Sequence[Listing],
    expected: Sequence[Sequence[str]],
    floors: Floors,
    entries: str,
) -> Iterator[str]:
    """A listing is read by every link on it; its templates tell whether it looks as it did."""
    share = floors.shown if expected else 0
    if earlier:
        steady = set.intersection(*(set(each.shown) for each in earlier))
        expected = [(name,) for name in sorted(steady)]
        share = floors.drop * _ratio(sum(each.placed for each in earlier), _offered(earlier))
        usual = _ratio(_offered(earlier), sum(each.pages for each in earlier))
        if listing.offered < SHRUNK * usual * listing.pages:
            yield f"offers {listing.offered} {entries}, where a page used to offer {usual:.0f}"
    if listing.missed >= listing.pages:
        pages = listing.missed + listing.pages
        yield f"could not be read on {listing.missed} of {pages} pages"
    for names in expected:
        if not set(names) & set(listing.shown):
            yield f"looks different: no {' or '.join(names)} on it"
    if listing.placed < listing.offered * share:
        where = f"{listing.placed} of {listing.offered} {entries} are where they used to be"
        yield f"looks different: only {where}"


def _offered(listings: Sequence[Listing]) -> int:
    return sum(each.offered for each in listings)


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:NAMED])
    return shown if len(names) <= NAMED else f"{shown} and {len(names) - NAMED} more"
