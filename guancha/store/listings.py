"""Listings: what each has named, their validators, and whether the last walk went to its end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from guancha import EXTRACTOR_VERSION
from guancha.clock import stamp
from guancha.store.schema import listed, listings, states

WALKED_AGAIN = timedelta(days=7)
"""A listing is walked to its very end as often: pages shift while they are read, entries appear in the
middle, and one odd answer can look like the end."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What lets the site answer that nothing has changed."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a listing, as it was taken in."""

    slug: str
    """Of the listing."""
    url: str
    is_first: bool
    validators: Validators


@dataclass(frozen=True, slots=True)
class LastWalk:
    """How the last walk along a listing ended, and the first page that it saw."""

    is_finished: bool = False
    """Whether it came to the end, or to what an earlier one had seen, without a gap."""
    url: str | None = None
    validators: Validators | None = None
    """None where that page was read by other rules than today's: they may find more in it."""


def last_walk(connection: Connection, slug: str, now: datetime) -> LastWalk:
    """The last walk that took a page in, as far as it can be relied on."""
    row = connection.execute(select(listings).where(listings.c.slug == slug)).first()
    if row is None or (row.walked or "") < stamp(now - WALKED_AGAIN):
        return LastWalk()
    same_rules = row.extractor_version == EXTRACTOR_VERSION
    validators = Validators(row.etag, row.last_modified) if same_rules else None
    return LastWalk(row.finished, row.url, validators)


def take(connection: Connection, page: Page) -> None:
    """Takes a page in; from a first one on the walk counts as unfinished, until its end is noted."""
    connection.execute(delete(states).where(states.c.url == page.url))
    if page.is_first:
        _begin(connection, page)


def note(connection: Connection, slug: str, article_ids: Iterable[str]) -> int:
    """Notes what a listing names; returns how many of them it had never named before."""
    ids = dict.fromkeys(article_ids)
    known = select(listed.c.article_id).where(listed.c.slug == slug, listed.c.article_id.in_(ids))
    new = ids.keys() - set(connection.scalars(known))
    if new:
        connection.execute(insert(listed), [{"slug": slug, "article_id": each} for each in new])
    return len(new)


def finish(connection: Connection, slug: str, walked: str | None) -> None:
    """Notes that a walk was finished, and at which time where it came to the listing's very end."""
    values = {"finished": True} | ({"walked": walked} if walked else {})
    connection.execute(update(listings).where(listings.c.slug == slug).values(**values))


def _begin(connection: Connection, page: Page) -> None:
    values = {
        "url": page.url,
        "etag": page.validators.etag,
        "last_modified": page.validators.last_modified,
        "extractor_version": EXTRACTOR_VERSION,
        "finished": False,
    }
    here = listings.c.slug == page.slug
    if connection.execute(update(listings).where(here).values(**values)).rowcount == 0:
        connection.execute(insert(listings).values(slug=page.slug, **values))
