"""Plain strings: white space, labels, counts, and the notices that surround a body."""

import re
from decimal import Decimal

from guancha.processors import notice_clauses

_NUMBER = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]+)?\s*([万亿]?)")
_UNITS = {"": 1, "万": 10_000, "亿": 100_000_000}
_MAX_NUMBER_LENGTH = 15

_MAX_NOTICE_LENGTH = 200
# Where a notice may begin behind the text of its paragraph.
_GLUED_NOTICE = re.compile(
    r"(?:(?<=[。！？!?…”’」』）)】\]])|(?<=\s))[（(【\[]?本文[系为是]观察者网"
)


def clean(value: str) -> str:
    """Every run of white space as one space, the ends stripped, nothing else changed.

    White space is what ``str.split`` takes for it: NBSP, U+3000 and line ends among it. Zero-width
    characters (U+200B, U+FEFF) are no white space: they stay where the site put them.

    >>> clean("  观察者网\\u3000 \\n讯\\xa0")
    '观察者网 讯'
    """
    return " ".join(value.split())


def visible(text: str, longest: int | None = None) -> str:
    r"""A text that can't steer a terminal or a page: what is not printed is spelt out, space is space.

    >>> print(visible("a\x1b[2J\u3000b\u202e"), visible("abc", 2))
    a\x1b[2J b\u202e a…
    """
    shown = "".join(map(_visible, text if longest is None else text[: longest + 1]))
    return shown if longest is None or len(shown) <= longest else f"{shown[: longest - 1]}…"


def _visible(character: str) -> str:
    if character.isprintable():
        return character
    return " " if character.isspace() else character.encode("unicode_escape").decode("ascii")


def strip_label(value: str, *labels: str) -> str | None:
    """What follows the first of ``labels`` and its colon, full-width or not.

    None where no label is there, or nothing after it.

    >>> strip_label("来源：观察者网", "来源")
    '观察者网'
    >>> strip_label("责任编辑 : 小明", "来源", "责任编辑")
    '小明'
    >>> strip_label("来源不明：某处", "来源") is None
    True
    """
    text = clean(value)
    for label in labels:
        rest = text.removeprefix(label).lstrip() if text.startswith(label) else ""
        if rest.startswith(("：", ":")):
            return rest[1:].strip() or None
    return None


def integer(value: str) -> int | None:
    """The first number of a counter, 万 (ten thousand) and 亿 (a hundred million) multiplied out.

    None where there is none, where it has a fraction without a unit, or more than 15 digits.
    A fraction of one that the unit leaves over is cut off.

    >>> integer("评论 682"), integer("1,234"), integer("阅读 3.5万")
    (682, 1234, 35000)
    >>> integer("评论") is None
    True
    """
    match = _NUMBER.search(value)
    if match is None or len(match[0]) > _MAX_NUMBER_LENGTH:
        return None
    whole, fraction, unit = match.groups(default="")
    if fraction and not unit:
        return None
    return int(Decimal(whole.replace(",", "") + fraction) * _UNITS[unit])


def labelled(value: str, label: str) -> int | None:
    """The number behind a label, or one that stands alone.

    >>> labelled("评论 196 赞 3.5万", "赞"), labelled("1310", "评论"), labelled("评论 赞 4", "评论")
    (35000, 1310, None)
    """
    match = re.search(rf"(?:{label}\s*[:：]?\s*|^)([0-9][0-9,.]*\s*[万亿]?)", value)
    return integer(match[1]) if match else None


def is_notice(text: str) -> bool:
    """Whether a paragraph only says whose the piece is: exclusive, reprint and disclaimer lines.

    Up to 200 characters, and nothing but known clauses: a notice that goes on with a story is text.
    Notes on how the text came about (速记整理, 译者注) are text.

    >>> is_notice("本文系观察者网独家稿件，未经授权，不得转载。")
    True
    >>> is_notice("本文将讨论转载的规矩。"), is_notice("（本文根据现场速记整理，未经演讲者审定。）")
    (False, False)
    """
    clauses = _clauses(text)
    return bool(clauses) and notice_clauses.says_whose(clauses)


def is_exclusive(text: str) -> bool:
    """Whether a paragraph is the notice that the piece is the site's own (独家稿件).

    >>> is_exclusive("本文系观察者网独家稿件，未经授权，不得转载。"), is_exclusive("转载请注明出处")
    (True, False)
    """
    return is_notice(text) and any(map(notice_clauses.is_exclusive, _clauses(text)))


def split_notice(text: str) -> tuple[str, str | None]:
    """The text of a paragraph and the site's notice at its end, or the text as it is and None.

    A paragraph that is a notice as a whole leaves no text. No character is lost but white space
    at the cut.

    >>> split_notice("那天下雨。 本文系观察者网独家稿件，未经授权，不得转载。")
    ('那天下雨。', '本文系观察者网独家稿件，未经授权，不得转载。')
    >>> split_notice("那天下雨。")
    ('那天下雨。', None)
    """
    if is_notice(text):
        return "", text
    if "本文" not in text:
        return text, None
    for match in _GLUED_NOTICE.finditer(text, max(len(text) - _MAX_NOTICE_LENGTH - 1, 0)):
        notice = text[match.start() :].rstrip()
        if is_notice(notice):
            return text[: match.start()].rstrip(), notice
    return text, None


def _clauses(text: str) -> list[str]:
    """The clauses of what may be a notice."""
    if len(text) > _MAX_NOTICE_LENGTH or not notice_clauses.is_possible(text):
        return []
    return notice_clauses.parts(clean(text))
