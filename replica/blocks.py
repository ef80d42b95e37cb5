"""What a body is made of. A block knows its paragraphs as read; mark-up is not its business."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """A stretch of a paragraph; ``style`` is one of "", strong, break, nbsp, wide, link."""

    text: str
    style: str = ""
    href: str = ""
    """As printed."""
    url: str = ""
    """Canonical for an article of the site, else absolute."""


@dataclass(frozen=True)
class Paragraph:
    """Running text; ``tag`` is p, div, or bare for text without an element of its own."""

    runs: tuple[Run, ...]
    opening: str = ""
    """A byline that stands before the text in the same element."""
    tag: str = "p"

    @property
    def texts(self) -> list[str]:
        """The paragraph as read: one space for any white space."""
        return [" ".join("".join(run.text for run in self.runs).split())]


@dataclass(frozen=True)
class Subhead:
    """A bold line on its own."""

    text: str

    @property
    def texts(self) -> list[str]:
        """The line."""
        return [self.text]


@dataclass(frozen=True)
class Byline:
    """A byline in an element of its own."""

    text: str
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Picture:
    """A picture; ``form`` is one of bare, bigimg, new."""

    src: str
    """As printed."""
    url: str
    caption: str | None
    form: str
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Player:
    """A video player."""

    url: str
    caption: str | None
    wrapped: bool
    """Whether it stands in a paragraph, or directly in the body."""
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table: each row is a paragraph."""

    rows: tuple[tuple[str, ...], ...]

    @property
    def texts(self) -> list[str]:
        """The rows, cells joined by a space."""
        return [" ".join(row) for row in self.rows]


@dataclass(frozen=True)
class Items:
    """A list (``tag`` ul or ol), or a quotation of paragraphs (``tag`` blockquote)."""

    tag: str
    lines: tuple[str, ...]

    @property
    def texts(self) -> list[str]:
        """One paragraph a line."""
        return list(self.lines)


@dataclass(frozen=True)
class Notice:
    """A bold line about rights."""

    text: str
    texts: tuple[str, ...] = ()


Block = Paragraph | Subhead | Byline | Picture | Player | Table | Items | Notice
