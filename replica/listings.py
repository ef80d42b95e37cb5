"""Listings by arithmetic: which entries a listing shows, newest first, and page by page."""

from array import array
from functools import lru_cache
from math import ceil

from replica.places import progression, sections
from replica.timeline import World

PAGE_SIZE = 40


@lru_cache(maxsize=64)
def entries(world: World, slug: str) -> "array[int] | None":
    """The entries of the listing, newest first, or None where there is no such listing."""
    found = progression(world, slug)
    if found is None:
        return None
    modulus, remainder = found
    newest = world.total - 1 - (world.total - 1 - remainder) % modulus
    return array("l", (entry for entry in range(newest, -1, -modulus) if listed(world, entry)))


def listed(world: World, entry: int) -> bool:
    """Whether listings show the entry: it is alive and not hidden."""
    return not world.deleted(entry) and not world.hidden(entry, len(sections(world)))


def page(world: World, slug: str, number: int) -> list[int] | None:
    """The entries of one page, counted from 1; None past the end. The first page always exists."""
    shown = entries(world, slug)
    if shown is None or number < 1:
        return None
    part = shown[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    return list(part) if part or number == 1 else None


def page_total(world: World, slug: str) -> int:
    """How many pages the listing has."""
    return max(1, ceil(len(entries(world, slug) or ()) / PAGE_SIZE))


def newest(world: World, slug: str, count: int, start: int = 0) -> list[int]:
    """The newest entries of a listing."""
    return list((entries(world, slug) or array("l"))[start : start + count])
