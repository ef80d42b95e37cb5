"""One answer of the site as the archive of pages keeps it, whoever has fetched it."""

from dataclasses import dataclass, field
from datetime import datetime

NOTE, RECEIVED = "archived", "received"
"""Keys of ``Request.meta``: the Note of a page that is to be kept, and the moment at which it was answered."""


@dataclass(frozen=True)
class Note:
    """What we knew of a page when we asked for it; other people's files know nothing of it."""

    list_title: str | None = None
    """The anchor text by which a listing announced the article."""
    hops: int = 0
    """How many links to related articles lie between it and a listing."""
    origin: str | None = None
    """Slug of the listing that led to it."""
    asked: str | None = None
    """The address that was asked for first, where the site has sent us on to this one."""
    part_of: str | None = None
    """Address of the first page of the split piece that this is a further page of."""


@dataclass(frozen=True)
class Capture:
    """A response record, and what else its file says of it."""

    url: str
    """As asked for: ``WARC-Target-URI``."""
    date: datetime
    """When it was answered, aware, to the microsecond: ``WARC-Date``."""
    status: int
    headers: list[tuple[str, str]]
    """Of HTTP, in the order of the answer; nothing of how it was packed."""
    body: bytes
    """Unpacked: without transfer and content encoding."""
    note: Note = field(default_factory=Note)
