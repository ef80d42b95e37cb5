"""The grammar of a byline without its brackets: role words, marks, names."""

import re
from typing import TypeGuard

from guancha.items import Author
from guancha.processors.byline_words import CREDITS, GLUED, ONLY_JOINED, ROLES, SPEECH, any_of
from guancha.processors.names import LIKELY, POSSIBLE, SURE, Person, read_names
from guancha.processors.text import clean

_ROLE_OF = {word: role for role, words in ROLES.items() for word in words.split()}

# A role word, or several joined ones, and the mark after it. Between names it needs a separator
# before it, unless no name ends in that word; such a word may also do without a mark (译 某某).
_ANY_ROLE = any_of(_ROLE_OF)
_ROLE_WORD = re.compile(_ANY_ROLE)
_JOINT = r"[\s、，,/／&＆+＋和与]{0,2}"
_MARKER = re.compile(
    rf"(?:(?:^|(?<=[\s，,、；;。|｜/／]))(?P<word>(?:{_ANY_ROLE})(?:{_JOINT}(?:{_ANY_ROLE}))*)"
    rf"|(?P<glued>{any_of(GLUED)}))\s?(?P<mark>[/／|｜丨:：])\s?"
    rf"|(?:^|(?<=[\s，,、；;/／]))(?P<spaced>{any_of(GLUED)})(?P<space>\s)"
)
_NAMES_FIRST = re.compile(rf"(?P<names>[^/／]+)\s?[/／]\s?(?P<word>{_ANY_ROLE})")
_FROM = re.compile(
    r"(?:(?:本文|文章)由)?(?P<names>.+?)\s?[/／]?\s?(?P<word>摘译|节译|编译|翻译|译)自.+"
)
_BY_HOUSE = re.compile(r"(?P<names>观察者网.+?)\s?(?P<word>编译|翻译|整理|采写|译)")
_CREDIT = re.compile(r"(?:[摄发讯电]|报道|供图|截图)$")
_ASIDE = re.compile(r"（[^（）]*）|\([^()]*\)")


def read(words: str, *, bracketed: bool) -> list[Author]:
    """The people in a byline whose brackets were taken off, or which has none.

    [] where it names nobody, or where some of it cannot be read. In brackets a house may stand
    before the first role, or the name itself; without them a role comes first. The caller bounds
    the length.

    >>> [(author.name, author.role) for author in read("文/张三 译/李四", bracketed=True)]
    [('张三', 'author'), ('李四', 'translator')]
    """
    words = clean(_ASIDE.sub(" ", words))
    markers = _markers(words)
    prefix = words[: markers[0].start()].rstrip(" 讯") if markers else ""
    if not markers or (prefix and (not bracketed or read_names(prefix) != [])):
        return _read_without_marker(words) if bracketed else []
    authors: list[Author] = []
    ends = [marker.start() for marker in markers[1:]] + [len(words)]
    for marker, end in zip(markers, ends, strict=True):
        role_raw = (marker["word"] or marker["glued"] or marker["spaced"]).strip()
        people = read_names(words[marker.end() : end])
        needed = _needed(role_raw, marker["mark"], bracketed=bracketed, alone=len(markers) == 1)
        if needed is None or people is None or not all(_is_enough(one, needed) for one in people):
            return []
        authors += _authors(people, role_raw)
    return authors


def _markers(words: str) -> list[re.Match[str]]:
    """The role words; one without a mark counts only where somebody stands before it."""
    markers: list[re.Match[str]] = []
    for marker in _MARKER.finditer(words):
        before = words[markers[-1].end() : marker.start()] if markers else ""
        if marker["spaced"] is None or read_names(before):
            markers.append(marker)
    return markers


def _needed(role_raw: str, mark: str | None, *, bracketed: bool, alone: bool) -> int | None:
    """How sure a name must be, by what else tells of a byline; None where no name will do."""
    roles = _roles(role_raw)
    is_colon = mark in (":", "：")
    if (alone and role_raw in ONLY_JOINED) or (is_colon and not bracketed and role_raw in SPEECH):
        return None
    if CREDITS.intersection(roles):
        return SURE
    signs = bracketed + (mark is not None and not is_colon) + ("author" in roles) + (not alone)
    return POSSIBLE if signs >= 2 else LIKELY


def _is_enough(person: Person, needed: int) -> bool:
    # Whoever is introduced by a house or a title is somebody.
    return person.affiliation is not None or person.certainty >= needed


def _read_without_marker(words: str) -> list[Author]:
    """The forms that name first: 张三译自…, 张三/文, 某报记者 张三."""
    for form in (_FROM, _BY_HOUSE, _NAMES_FIRST):
        if match := form.fullmatch(words):
            people = read_names(match["names"])
            return _authors(people, match["word"]) if _all_sure(people) else []
    people = read_names(words)
    if not _all_sure(people) or _CREDIT.search(words):
        return []
    return _authors(people, None) if all(person.is_press for person in people) else []


def _all_sure(people: list[Person] | None) -> TypeGuard[list[Person]]:
    return bool(people) and all(person.certainty == SURE for person in people or [])


def _roles(role_raw: str | None) -> list[str]:
    """Our roles for the words printed, each once; whoever signs without a role is an author."""
    words = _ROLE_WORD.findall(role_raw) if role_raw else []
    return list(dict.fromkeys(_ROLE_OF[word] for word in words)) or ["author"]


def _authors(people: list[Person], role_raw: str | None) -> list[Author]:
    """One entry for each person and role; 文、图/张三 is two."""
    return [
        Author(name=person.name, role=role, role_raw=role_raw, affiliation=person.affiliation)
        for person in people
        for role in _roles(role_raw)
    ]
