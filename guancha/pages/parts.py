"""The parts of an article's page at which its rules begin, by tag and classes or by id: each is found once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from lxml import etree
from lxml.etree import _Element as Element


@dataclass(frozen=True)
class Part:
    """What carries all of some classes; of an empty tag, an id."""

    tag: str
    names: frozenset[str]
    is_inside: bool = True
    """Whether only those in the column of the article count."""


def _classed(tag: str, *classes: str) -> Part:
    return Part(tag, frozenset(classes))


def _anywhere(tag: str, *classes: str) -> Part:
    return Part(tag, frozenset(classes), is_inside=False)


def _id(name: str) -> Part:
    return Part("", frozenset({name}))


PARTS = {
    "bodies": _classed("div", "all-txt"),
    "times": _classed("div", "time", "fix"),
    "tags": _classed("div", "key-word"),
    "others": _classed("ul", "article-other"),
    "topics": _classed("div", "img-special"),
    "pager": _id("select_page"),
    "comments": _id("comments-container"),
    "commented": _id("count2"),
    "collected": _id("count0"),
    "specials": _anywhere("div", "img-special"),
    "recommended": _anywhere("ul", "new-left-list"),
    "headlines": _anywhere("div", "head-inpost"),
    "hot": _anywhere("ul", "hot-list-2"),
}
"""Variable of the rules' XPaths -> what it stands for."""

_ids = etree.XPath("/descendant::*/@id")
# What parts classes for an XPath as well.
_tokens = re.compile(r"[^ \t\r\n]+").findall


class Parts(dict[str, list[Element]]):
    """Variable -> its elements in document order, looked for when a rule first asks for them."""

    def __init__(self, root: Element, column: Element) -> None:
        super().__init__()
        self.root = root
        self.column = column

    def __missing__(self, name: str) -> list[Element]:
        self._read(PARTS[name].tag)
        return self[name]

    def _read(self, tag: str) -> None:
        """Finds all parts of a tag. Few of its elements are one, and no other is kept for a moment."""
        parts = {name: part for name, part in PARTS.items() if part.tag == tag}
        self.update((name, []) for name in parts)
        known: dict[str, list[str]] = {}
        attribute = "class" if tag else "id"
        for element in self._elements(tag):
            printed = element.get(attribute, "")
            if printed not in known:
                names = set(_tokens(printed)) if tag else {printed}
                known[printed] = [name for name, part in parts.items() if part.names <= names]
            for name in known[printed]:
                if not parts[name].is_inside or self._is_inside(element):
                    self[name].append(element)

    def _elements(self, tag: str) -> Iterable[Element]:
        if not tag:
            return (printed.getparent() for printed in _ids(self.root))
        # Of a broken page a second root may stand behind the first.
        tops = (self.root, *self.root.itersiblings())
        return chain.from_iterable(top.iter(tag) for top in tops)

    def _is_inside(self, element: Element) -> bool:
        return any(each is self.column for each in element.iterancestors())
