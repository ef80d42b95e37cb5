"""Blocks of the body -> paragraphs, captions, bylines, notices: each visible character in exactly one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from guancha.items import Image, Link, Video
from guancha.pages.blocks import Block
from guancha.processors.bylines import split_byline
from guancha.processors.captions import is_credited, is_editor_line
from guancha.processors.text import is_notice, split_notice

MAX_SUBHEADING = 60
"""Longer bold paragraphs are emphasis."""
# A sub-head is no sentence, and the bold question of an interview is no sub-head.
_SENTENCE_ENDS = ("。", "；", "，", "：")
_SPEAKER = re.compile(
    r"(?:观察者网[^：:]{0,8}|记者|主持人|问|答|[QA][0-9]*)[：:]|[^：:，。]{1,16}[：:].*[？?]$"
)
_ORDINAL = re.compile(r"[（(]?[一二三四五六七八九十0-9]+[、.．）)]")
MAX_CAPTION = 150
"""Longer grey paragraphs are quotations."""


@dataclass
class Body:
    """What the body of an article holds, in order."""

    paragraphs: list[str] = field(default_factory=list)
    subheadings: list[str] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    videos: list[Video] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    bylines: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    discarded: list[str] = field(default_factory=list)
    """Text that no reader sees, and editor lines: counted, not kept."""

    @property
    def captions(self) -> list[str]:
        """The captions of its pictures and players."""
        media: list[Image | Video] = [*self.images, *self.videos]
        return [each.caption for each in media if each.caption]

    @property
    def content_type(self) -> str:
        """text, images, video or mixed; empty where there is nothing at all."""
        if self.paragraphs:
            return "mixed" if self.videos else "text"
        return "video" if self.videos else "images" if self.images else ""


def read(blocks: Sequence[Block], *, is_edited: bool = True) -> Body:
    """Tells what each block is; all blocks of a split piece belong in one call.

    What no editor has made has no bylines, notices and editor lines of the site: there all is text or caption.
    """
    reader = _Reader(_last_with_text(blocks), is_edited)
    for number, block in enumerate(blocks):
        reader.add(number, block)
    return reader.body


class _Reader:
    """Judges one block after the other."""

    def __init__(self, last: int, is_edited: bool) -> None:
        self.body = Body()
        self.last = last
        self.is_edited = is_edited
        self.captionable: Image | Video | None = None
        """The picture that a caption may follow: nothing but captions stands between."""

    def add(self, number: int, block: Block) -> None:
        text = block.text
        self._media(block, after_text=False)
        if text:
            self._text(number, block, text)
        self._media(block, after_text=True)

    def _text(self, number: int, block: Block, text: str) -> None:
        if block.hidden or (self.is_edited and is_editor_line(text)):
            self.body.discarded.append(text)
            return
        bylines, rest, notice = list[str](), text, None
        if self.is_edited:
            text, notice = split_notice(text)
            opening, closing = not self.body.paragraphs, number >= self.last
            bylines, rest = split_byline(text, opening=opening, closing=closing)
        if rest and self.captionable and _is_caption(block, text):
            parts = filter(None, (self.captionable.caption, text))
            self.captionable.caption = " ".join(parts)
        else:
            self.body.bylines += bylines
            if rest:
                self._paragraph(block, rest)
        if notice:
            self.body.notices.append(notice)

    def _paragraph(self, block: Block, text: str) -> None:
        body = self.body
        body.links += [Link(t, url, len(body.paragraphs)) for t, url in block.links if t in text]
        body.paragraphs.append(text)
        if block.is_bold and _is_subheading(text):
            body.subheadings.append(text)
        self.captionable = None

    def _media(self, block: Block, *, after_text: bool) -> None:
        for media in block.media:
            if block.hidden or media.after_text is not after_text:
                continue
            if media.kind == "image":
                self.captionable = Image(media.url, None, len(self.body.paragraphs))
                self.body.images.append(self.captionable)
            else:
                self.captionable = Video(media.url, None, len(self.body.paragraphs))
                self.body.videos.append(self.captionable)


def _is_caption(block: Block, text: str) -> bool:
    if block.captioned:
        return True
    grey = block.is_grey and len(text) <= MAX_CAPTION
    return grey or (block.centred and not block.is_bold and is_credited(text))


def _is_subheading(text: str) -> bool:
    return (
        len(text) <= MAX_SUBHEADING
        and not text.endswith(_SENTENCE_ENDS)
        and (bool(_ORDINAL.match(text)) or not _SPEAKER.match(text))
    )


def _last_with_text(blocks: Sequence[Block]) -> int:
    """The block that closes the piece: the last with text that is neither notice nor caption."""
    for number in range(len(blocks) - 1, -1, -1):
        block = blocks[number]
        text, credited = block.text, block.centred and is_credited(block.text)
        if block.hidden or block.is_grey or block.captioned or credited:
            continue
        if is_notice(text) or is_editor_line(text):
            continue
        return number
    return len(blocks)
