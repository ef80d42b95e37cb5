"""The kinds of entries, by remainder: twenty neighbours hold each of them."""

from enum import Enum


class Kind(Enum):
    """What sort of page an entry is."""

    STAFF = "staff"
    """Written in the house: the byline opens the first paragraph."""
    PLAIN = "plain"
    """Written in the house, without a named author."""
    INTERVIEW = "interview"
    """Bylines of other roles."""
    RELAYED = "relayed"
    """Taken from another medium: no byline."""
    COLUMN = "column"
    """By a columnist."""
    TRANSLATED = "translated"
    """By a columnist, translated in the house."""
    IMAGES = "images"
    """Pictures alone."""
    VIDEO = "video"
    """A player alone."""
    MIXED = "mixed"
    """A player and paragraphs."""
    STUB = "stub"
    """A door to another host."""


_CYCLE = (
    Kind.STAFF, Kind.RELAYED, Kind.COLUMN, Kind.STAFF, Kind.IMAGES,
    Kind.RELAYED, Kind.STAFF, Kind.TRANSLATED, Kind.VIDEO, Kind.PLAIN,
    Kind.STAFF, Kind.RELAYED, Kind.COLUMN, Kind.STAFF, Kind.STAFF,
    Kind.PLAIN, Kind.STUB, Kind.COLUMN, Kind.MIXED, Kind.INTERVIEW,
)  # fmt: skip


def kind_of(entry: int) -> Kind:
    """The kind of the entry."""
    return _CYCLE[entry % len(_CYCLE)]


def page_count(entry: int) -> int:
    """In how many pages the entry is split: every third column in two or three."""
    if entry % 15 != 2:
        return 1
    return 2 + entry // 30 % 2


def offers_full_text(entry: int) -> bool:
    """Whether the pager of a split entry leads to the whole text on one page."""
    return entry % 30 == 2
