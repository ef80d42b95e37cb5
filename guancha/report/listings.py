"""What the listings of a run offered, and how they looked."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from guancha.figures import Figures, Listing
from guancha.sections import section

MOST = 100
"""Rows of the table, at most."""


@dataclass(frozen=True)
class Row:
    """One listing."""

    slug: str
    name: str
    """As the site names it; the slug again for one that the table of sections does not have."""
    is_odd: bool
    """Whether it offered nothing, though it had not said that nothing changed."""
    listing: Listing
    placed: float
    """Share of the articles that stand where a template shows them."""
    looks: str
    """The templates, with how many articles each shows."""
    usual: int | None
    """Articles that it offers in other runs; None where they don't tell."""


def rows(figures: Figures, before: Sequence[Figures]) -> list[Row]:
    """The odd ones first, then as they were walked."""
    found = [_row(slug, listing, before) for slug, listing in figures.listings.items()]
    return sorted(found, key=lambda row: not row.is_odd)


def _row(slug: str, listing: Listing, before: Sequence[Figures]) -> Row:
    earlier = [run.listings[slug].offered for run in before if slug in run.listings]
    looks = sorted(listing.shown.items(), key=lambda each: -each[1])
    return Row(
        slug,
        section(slug).name,
        listing.state not in ("read", "unchanged"),
        listing,
        listing.placed / (listing.offered or 1),
        ", ".join(f"{template} {number:,}" for template, number in looks),
        round(median(earlier)) if any(earlier) else None,
    )
