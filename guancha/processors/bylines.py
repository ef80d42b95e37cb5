"""Bylines: who wrote, translated, asked or edited, as printed at the head or the foot of a piece.

A byline names somebody. What names nobody (【环球时报报道】, （图/新华社）) is text, and so is
what we cannot read: no author rather than a wrong one.
"""

from guancha.items import Author
from guancha.processors.byline_grammar import read
from guancha.processors.names import SURE, certainty
from guancha.processors.text import clean

_MAX_BRACKETED, _MAX_BARE, _MAX_BYLINES = 120, 60, 8
_OPENING, _CLOSING = "【［[〔〖（(", "】］]〕〗）)"
_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"


def parse_byline(raw: str) -> list[Author]:
    """Everybody a byline names, in its order, with role and affiliation; [] where it names nobody.

    ``raw`` is the byline alone, with its brackets if it has any; several may stand in a row.

    >>> [author] = parse_byline("【文/观察者网 张三】")
    >>> author.name, author.role, author.role_raw, author.affiliation
    ('张三', 'author', '文', '观察者网')
    >>> parse_byline("（图/新华社）")
    []
    """
    if len(raw) > _MAX_BRACKETED * _MAX_BYLINES:
        return []
    text = clean(raw.translate(dict.fromkeys(map(ord, _ZERO_WIDTH))))
    end = _bracket_end(text)
    if not end:
        return [] if len(text) > _MAX_BARE else read(text.rstrip("。 "), bracketed=False)
    authors = read(text[1 : end - 1].strip("。 "), bracketed=True)
    rest = text[end:].lstrip("。 ")
    others = parse_byline(rest) if rest and authors else []
    return authors + others if others or not rest else []


def split_byline(text: str, *, opening: bool, closing: bool) -> tuple[list[str], str]:
    """The bylines of a paragraph as printed, in its order, and the rest of its text, cleaned.

    A paragraph that is nothing but bylines in brackets is taken wherever it stands. A line without
    brackets is one only where ``opening`` is allowed, or where ``closing`` is and each of its names
    is sure: elsewhere it speaks of a book or a film. From other paragraphs those in brackets are
    taken, from the beginning if ``opening``, from the end if ``closing``. No character is lost but
    the white space at the cuts.

    >>> split_byline("【文/观察者网 张三】那天下雨。", opening=True, closing=False)
    (['【文/观察者网 张三】'], '那天下雨。')
    >>> split_byline("那天下雨（张三也在）。", opening=True, closing=True)
    ([], '那天下雨（张三也在）。')
    """
    text = clean(text)
    head, rest = _leading(text)
    if not rest or _is_bare_byline(rest, opening=opening, closing=closing):
        return [*head, *filter(None, [rest])], ""
    if not opening:
        head, rest = [], text
    tail: list[str] = []
    while closing and len(tail) < _MAX_BYLINES:
        start = _bracket_start(rest)
        if start is None or not parse_byline(rest[start:]):
            break
        tail.insert(0, rest[start:])
        rest = rest[:start].rstrip()
    return head + tail, rest


def _is_bare_byline(text: str, *, opening: bool, closing: bool) -> bool:
    """Whether a line without brackets is a byline in this place."""
    if not (opening or closing) or len(text) > _MAX_BARE:
        return False
    authors = parse_byline(text)
    return bool(authors) and (opening or all(certainty(each.name) == SURE for each in authors))


def _leading(text: str) -> tuple[list[str], str]:
    """The bracketed bylines at the beginning, and what follows them."""
    bylines: list[str] = []
    while len(bylines) < _MAX_BYLINES:
        blank = len(text) - len(text.lstrip(_ZERO_WIDTH))
        end = blank + _bracket_end(text[blank : blank + _MAX_BRACKETED])
        if end == blank or not parse_byline(text[:end]):
            break
        if text[end:] == "。":
            end += 1
        bylines.append(text[:end])
        text = text[end:].lstrip()
    return bylines, text


def _bracket_end(text: str) -> int:
    """Where the bracket closes that opens the text, 0 where none does within the bound."""
    if not text.startswith(tuple(_OPENING)):
        return 0
    depth = 0
    for index, character in enumerate(text[:_MAX_BRACKETED]):
        depth += (character in _OPENING) - (character in _CLOSING)
        if depth == 0:
            return index + 1
    return 0


def _bracket_start(text: str) -> int | None:
    """Where the bracket opens that closes the text, but for a full stop behind it."""
    end = len(text.rstrip("。" + _ZERO_WIDTH))
    if not text.endswith(tuple(_CLOSING), 0, end):
        return None
    depth = 0
    for index in range(end - 1, max(end - _MAX_BRACKETED, 0) - 1, -1):
        depth += (text[index] in _CLOSING) - (text[index] in _OPENING)
        if depth == 0:
            return index
    return None
