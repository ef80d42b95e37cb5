"""Who is named in a stretch of a byline: the words between one role and the next.

How certain is a name? *Sure*: a Chinese one by its surname, a transliterated one by its dot.
*Likely*: two Latin words. *Possible*: two to six characters that are no sentence (pen names,
media). What a reading may rest on is for the caller to say.
"""

import re
from dataclasses import dataclass

from guancha.processors.byline_words import (
    COMPOUND_SURNAMES,
    HOUSES,
    NO_NAMES,
    ORGANISATIONS,
    PRESS_TITLES,
    ROLES,
    SURNAMES,
    TITLES,
    any_of,
)

POSSIBLE, LIKELY, SURE = 1, 2, 3

# 丨 is a letter to Unicode and a separator to those who write bylines.
_HAN = r"(?:(?!丨)[㐀-䶿一-鿿〇\U00020000-\U0003ffff])"
_LATIN = r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ.'’\-]*"
_DOT = r"[·•・‧∙⋅．.－—\-]"
_SEPARATOR = r"\s、，,；;/／|｜丨&＆"
_TOKEN = re.compile(
    rf"{_LATIN}(?: {_LATIN}){{0,4}}(?=[{_SEPARATOR}]|$)"
    rf"|{_HAN} {_HAN}(?=[{_SEPARATOR}]|$)"
    rf"|(?:《[^》]*》| ?[·•・] ?|[A-Z][.．] (?={_HAN})|[^{_SEPARATOR}])+"
)
_JOINED = re.compile(rf"(?<!{_HAN})({_HAN}{{2,4}})[和与]({_HAN}{{2,4}})(?!{_HAN})")
_AFFILIATION = re.compile(any_of(["》", *HOUSES, *PRESS_TITLES, *TITLES, *ORGANISATIONS]))
_PRESS_END = re.compile(rf"(?:{any_of(PRESS_TITLES)})$")
_ORGANISATION = re.compile(r".+[网社报台]|.{3,}[院所局署]")
_WHOLE_NAME = re.compile(rf"{_HAN}{{2,6}}")
_DOTTED_NAME = re.compile(
    rf"(?:{_HAN}{{1,10}}|{_LATIN})(?: ?{_DOT}{{1,2}} ?(?:{_HAN}{{1,10}}|[A-Za-z]{{1,12}})){{1,5}}"
)
_LATIN_NAME = re.compile(rf"{_LATIN}(?: {_LATIN})*")
_SENTENCE = re.compile(r"[的了是这那们吗呢吧啊我你他她]")
_ROLE = re.compile(any_of(word for word in " ".join(ROLES.values()).split() if len(word) > 1))
_MAX_NAME = 40


@dataclass
class Person:
    """A name, the words before it as printed, and how sure we are that it is one."""

    name: str
    affiliation: str | None
    certainty: int

    @property
    def is_press(self) -> bool:
        """Whether the words before the name are a title of the press (记者, 专栏作者 …)."""
        return self.affiliation is not None and _PRESS_END.search(self.affiliation) is not None


@dataclass
class _Token:
    """Words between two separators: an affiliation, a name, or the one glued to the other."""

    start: int
    separator: str
    affiliation: str
    name: str
    certainty: int


def read_names(words: str) -> list[Person] | None:
    """The people named in cleaned words, in order; [] where only a house or a title stands.

    An affiliation spreads over the names that follow it with 、 or a space, up to the next comma.
    None where some of the words are neither a name nor what stands before one.

    >>> [(person.name, person.affiliation) for person in read_names("某某报记者 张三、李四") or []]
    [('张三', '某某报记者'), ('李四', '某某报记者')]
    >>> read_names("观察者网"), read_names("这里没有人的名字")
    ([], None)
    """
    words = re.sub(r"\s[和与]\s", "、", _JOINED.sub(_comma_for_and, words))
    tokens = _tokens(words)
    people: list[Person] = []
    start: int | None = None  # of the affiliation that waits for its name
    shared: str | None = None  # the affiliation that spreads
    for index, token in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if "," in token.separator:
            shared = None
            start = start if not people else None
        if token.affiliation or _stands_before(token, following):
            start = token.start if start is None else start
        if not token.name or _stands_before(token, following):
            continue
        if token.certainty == 0:
            return None
        if start is not None:
            end = token.start + len(token.affiliation)
            shared = words[start:end].rstrip(f" {_SEPARATOR[2:]}") or None
            start = None
        people.append(Person(token.name, shared, token.certainty))
    return people


def certainty(name: str) -> int:
    """How sure it is that a word alone is somebody's name; 0 where it is none.

    >>> certainty("张三") == SURE, certainty("John Smith") == LIKELY, certainty("晨曦") == POSSIBLE
    (True, True, True)
    >>> certainty("资料图"), certainty("我们的人"), certainty("BBC")
    (0, 0, 0)
    """
    if len(name) > _MAX_NAME or name in NO_NAMES or _SENTENCE.search(name) or _ROLE.search(name):
        return 0
    if _LATIN_NAME.fullmatch(name):
        if " " in name:
            return LIKELY if name[0].isupper() else 0
        return POSSIBLE if name[0].isupper() and not name.isupper() and len(name) > 1 else 0
    if _DOTTED_NAME.fullmatch(name):
        return SURE
    letters = name.replace(" ", "")
    if not _WHOLE_NAME.fullmatch(letters) or (" " in name and len(name) != 3):
        return 0
    compound = letters[:2] in COMPOUND_SURNAMES and len(letters) in (3, 4)
    return SURE if compound or (letters[0] in SURNAMES and len(letters) in (2, 3)) else POSSIBLE


def _tokens(words: str) -> list[_Token]:
    """The words, each with the separator before it; a comma of any width is ','."""
    tokens = []
    end = 0
    for match in _TOKEN.finditer(words):
        token = match[0]
        separator = words[end : match.start()].translate({ord(mark): "," for mark in "，；;"})
        cut = _affiliation_end(token)
        name = token[cut:]
        tokens.append(_Token(match.start(), separator, token[:cut], name, certainty(name)))
        end = match.end()
    return tokens


def _affiliation_end(token: str) -> int:
    """How many characters of a token are an affiliation."""
    if _DOTTED_NAME.fullmatch(token) is None and _ORGANISATION.fullmatch(token):
        return len(token)
    return max((match.end() for match in _AFFILIATION.finditer(token)), default=0)


def _stands_before(token: _Token, following: _Token | None) -> bool:
    """Whether an unknown word is the affiliation of the sure name after a space (某某研究 张三)."""
    return (
        token.certainty < LIKELY
        and bool(token.name)
        and following is not None
        and following.separator == " "
        and not following.affiliation
        and following.certainty == SURE
    )


def _comma_for_and(match: re.Match[str]) -> str:
    """张三和李四 as 张三、李四; 和 inside a name stays."""
    first, second = match.groups()
    return f"{first}、{second}" if certainty(first) == certainty(second) == SURE else match[0]
