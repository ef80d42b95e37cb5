"""One listing being walked, page by page."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from guancha import urls
from guancha.arguments.reading import Pages
from guancha.items import Outcome
from guancha.store.listings import LastWalk, Validators

MOST_PAGES = 200
"""No listing of the site has as many: one that does not end is left there."""


class Address(Protocol):
    """Where a listing stands."""

    def url(self, page: int) -> str | None:
        """The URL of a page, counted from 1; None where there is no such page."""


class Listing(Protocol):
    """What is walked."""

    @property
    def slug(self) -> str:
        """Its name in the archive and in the figures."""

    @property
    def addresses(self) -> Sequence[Address]:
        """In order of preference."""


class Entry(Protocol):
    """What a page of it names."""

    @property
    def key(self) -> str:
        """By which it is known again."""

    @property
    def date(self) -> str:
        """Its day, ``YYYY-MM-DD``; empty where it can't be told from a listing."""


class Walk:
    """Where a walk stands, and whether it goes on.

    It ends at the last page wanted, where a page offers nothing that this walk has not met, where all of a
    page is older than wanted, or where the site sends it home. ``pages=new`` also ends it where a page
    offers nothing that its listing had not named before, if the last walk went to its end. An address that
    offers nothing at all is given up for the next one of the section.
    """

    def __init__(self, listing: Listing, pages: Pages, since: date | None = None) -> None:
        self.slug = listing.slug
        self.pages, self.since = pages, since
        self.last = LastWalk()
        """The one before it."""
        self.page = 1
        self.is_finished = False
        """Whether it has come to the end, or without a gap to what an earlier walk has seen."""
        self.is_at_end = False
        """Whether it has come to the very end."""
        self.has_gap = False
        """Whether a page could not be had."""
        self._addresses = list(listing.addresses)
        self._moved: str | None = None
        self._failures = 0
        self._met: set[str] = set()

    @property
    def validators(self) -> Validators | None:
        """What the request for the page may be conditioned on: only where nothing new ends the walk."""
        if self.pages != "new" or self.page > 1 or not self.last.is_finished:
            return None
        return self.last.validators if self.url == self.last.url else None

    @property
    def url(self) -> str | None:
        """The page to ask for now; None where the walk has ended."""
        if self._moved:
            return self._moved
        return self._addresses[0].url(self.page) if self._addresses else None

    def move(self, url: str) -> bool:
        """Takes the address that the site sends us on to; False for a second one in a row."""
        self._moved, before = url, self._moved
        return before is None

    @property
    def has_named(self) -> bool:
        """Whether it has met anything."""
        return bool(self._met)

    def is_end(self, outcome: Outcome) -> bool:
        """Whether an outcome only marks the end: behind a listing's last page the site goes home."""
        home = outcome.target_url is None or urls.kind(outcome.target_url) is urls.Kind.HOME
        return outcome.kind == "gone" and home and bool(self._met)

    def end(self) -> None:
        """Behind the last page."""
        self._addresses = []
        self.is_finished = self.is_at_end = True

    def advance(self, entries: Sequence[Entry], unlisted: int | None = None) -> None:
        """Moves on after a page with these entries.

        ``unlisted`` is how many of them the listing had never named before; None where it is not known.
        """
        new = [entry for entry in entries if entry.key not in self._met]
        self._met.update(entry.key for entry in new)
        self._moved, self._failures = None, 0
        seen_before = self.last.is_finished and unlisted == 0
        self.is_finished |= seen_before and not self.has_gap
        if not new:
            self.end()
        elif self._is_enough(new) or (seen_before and self.pages == "new"):
            self._addresses = []
        else:
            self.page += 1
            if self.url is None or self.page > MOST_PAGES:
                self.end()

    def skip(self, outcome: Outcome) -> None:
        """Moves on after a page that could not be had; gives up after two in a row."""
        self._failures += 1
        self._moved = None
        self.has_gap |= bool(self._met) or outcome.kind != "gone"
        self.is_finished = False
        if not self._met:
            del self._addresses[0]
        elif self._failures > 1 or self.page >= self._last:
            self._addresses = []
        else:
            self.page += 1

    @property
    def _last(self) -> int:
        return self.pages if isinstance(self.pages, int) else MOST_PAGES + 1

    def _is_enough(self, new: Sequence[Entry]) -> bool:
        if self.page >= self._last:
            return True
        return self.since is not None and all(e.date < self.since.isoformat() for e in new)
