"""The body of an article as the reader sees it: a sequence of blocks of text, pictures and players.

Nothing is judged here and nothing is lost: every visible character below the body's element is in exactly
one block. Blocks of an unknown kind are read like paragraphs.
"""

import re
from dataclasses import dataclass, field

from lxml import etree
from lxml.etree import _Element as Element

from guancha import urls
from guancha.pages.media import PLAYERS, Media, picture, player, web_address
from guancha.processors.text import clean

_BLOCKS = frozenset(
    "address article aside blockquote caption center dd details div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody tfoot"
    " thead tr ul".split()
)
_CELLS = frozenset(("td", "th"))
_BOLD = frozenset(("strong", "b", "h1", "h2", "h3", "h4", "h5", "h6"))
_INVISIBLE = frozenset("head noscript script style template textarea title".split())
# Elements whose content a browser shows only if it can't show the element itself.
_REPLACED = frozenset(("iframe", "object"))
_FALLBACK = frozenset(("video", "audio", "canvas"))
# The two greys of captions, 2019 and 2021.
_GREY = re.compile(
    r"#999(?:999)?\b|#666(?:666)?\b|rgb\(\s*(153|102)\s*,\s*\1\s*,\s*\1\s*\)", re.IGNORECASE
)
_COLOUR = re.compile(r"(?<![-\w])color\s*:\s*([^;]{1,40})", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)


@dataclass(slots=True)
class Block:
    """A run of text between two block boundaries, with what stands in it."""

    centred: bool = False
    captioned: bool = False
    """The mark-up itself calls it a caption."""
    hidden: bool = False
    """Not shown to a reader."""
    media: list[Media] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    """Text and URL of its links."""
    runs: list[tuple[str, bool, bool]] = field(default_factory=list)
    """Text, whether it is bold, whether it is grey."""

    @property
    def text(self) -> str:
        """Its text, cleaned."""
        return clean("".join(text for text, _, _ in self.runs))

    @property
    def is_bold(self) -> bool:
        """Whether all its text is bold."""
        return all(bold for text, bold, _ in self.runs if text.strip())

    @property
    def is_grey(self) -> bool:
        """Whether all its text has the grey of captions."""
        return all(grey for text, _, grey in self.runs if text.strip())


def read(body: Element, base: str) -> list[Block]:
    """The blocks of a body in order; ``base`` is the page's URL, for the links in it."""
    reader = _Reader(base)
    # An iterator, not recursion: a hostile page nests deeper than a stack goes.
    events = etree.iterwalk(body, events=("start", "end"))
    for event, element in events:
        if event == "start":
            if element.tag in _INVISIBLE or element.tag in _REPLACED:
                events.skip_subtree()
            if element.tag not in _INVISIBLE:
                reader.open(element)
        else:
            if element.tag not in _INVISIBLE:
                reader.close(element)
            if element is not body:
                reader.text(element.tail)
    reader.flush()
    return reader.blocks


class _Reader:
    """Collects blocks while the body is walked."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.blocks: list[Block] = []
        self.block = Block()
        self.styles: list[tuple[bool, bool, bool, bool, bool]] = [(False,) * 5]
        self.link: tuple[str, list[str]] | None = None
        self.broken = False

    def open(self, element: Element) -> None:
        tag = element.tag
        self.styles.append(_style(element, *self.styles[-1]))
        if tag in _BLOCKS:
            self.flush()
        elif tag in _CELLS:
            self.text(" ")
        elif tag == "br":
            self._break()
        elif tag == "img":
            self._media("image", picture(element))
        elif tag == "a":
            self.link = (element.get("href", ""), [])
        if tag in PLAYERS:
            self._media("video", player(element))
        if tag not in _REPLACED:
            self.text(element.text)

    def close(self, element: Element) -> None:
        if element.tag == "a":
            self._close_link()
        self.styles.pop()
        if element.tag in _BLOCKS:
            self.flush()

    def text(self, text: str | None) -> None:
        # White space before the first word is none of the text.
        if not text or not (self.block.runs or text.strip()):
            return
        bold, grey, _, _, hidden = self.styles[-1]
        if text.strip():
            if hidden != self.block.hidden:
                self.flush()
            self.broken = False
        self.block.runs.append((text, bold, grey))
        if self.link:
            self.link[1].append(text)

    def flush(self) -> None:
        """Ends the current block and starts one in the style that holds now."""
        if self.block.runs or self.block.media:
            self.blocks.append(self.block)
        _, _, centred, captioned, hidden = self.styles[-1]
        self.block = Block(centred, captioned, hidden)
        self.broken = False

    def _break(self) -> None:
        # Two line breaks in a row are how old articles part paragraphs; one is white space.
        if self.broken:
            self.flush()
        else:
            self.text("\n")
            self.broken = True

    def _media(self, kind: str, printed: str) -> None:
        url = web_address(printed, self.base)
        if url:
            self.block.media.append(Media(kind, url, bool(self.block.runs)))

    def _close_link(self) -> None:
        if self.link is None:
            return
        href, texts = self.link
        text, url = clean("".join(texts)), web_address(href, self.base)
        self.link = None
        if text and url:
            article = urls.find_article(url)
            self.block.links.append((text, article.canonical if article else url))


def _style(
    element: Element, bold: bool, grey: bool, centred: bool, captioned: bool, hidden: bool
) -> tuple[bool, bool, bool, bool, bool]:
    """The style inside an element, given that around it."""
    tag, style, classes = element.tag, element.get("style", ""), element.get("class", "").split()
    own = _COLOUR.search(style)
    colour = own[1] if own else element.get("color")
    return (
        bold or tag in _BOLD,
        # A grey box around paragraphs is a quotation; only a caption is grey by itself.
        bool(_GREY.match(colour)) if colour else grey and tag not in _BLOCKS,
        centred or element.get("align") == "center" or bool(_CENTRED.search(style)),
        captioned or tag == "figcaption" or "content-pic-desc" in classes,
        hidden or tag in _FALLBACK or "hidden" in element.attrib or bool(_HIDDEN.search(style)),
    )
