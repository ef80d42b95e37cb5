"""The parts of an article's page at which its rules begin, by tag and classes: each tag is read once."""

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import chain

from lxml.etree import _Element as Element


@dataclass(frozen=True)
class Part:
    """What carries all of some classes."""

    tag: str
    classes: frozenset[str]
    is_inside: bool
    """Whether only those in the column of the article count."""


def _inside(tag: str, *classes: str) -> Part:
    return Part(tag, frozenset(classes), is_inside=True)


def _anywhere(tag: str, *classes: str) -> Part:
    return Part(tag, frozenset(classes), is_inside=False)


PARTS = {
    "bodies": _inside("div", "all-txt"),
    "times": _inside("div", "time", "fix"),
    "tags": _inside("div", "key-word"),
    "others": _inside("ul", "article-other"),
    "topics": _inside("div", "img-special"),
    "specials": _anywhere("div", "img-special"),
    "recommended": _anywhere("ul", "new-left-list"),
    "headlines": _anywhere("div", "head-inpost"),
    "hot": _anywhere("ul", "hot-list-2"),
}
"""Variable of the rules' XPaths -> what it stands for."""

# What parts classes for an XPath as well.
_tokens = re.compile(r"[^ \t\r\n]+").findall


Numbered = tuple[int, Element]
"""An element and its place on the page."""


class Parts(dict[str, list[Element]]):
    """Variable -> its elements in document order, looked for when a rule first asks for them."""

    def __init__(self, root: Element, column: Element) -> None:
        super().__init__()
        self.root = root
        self.column = column
        self._classed: dict[str, dict[str, set[Numbered]]] = {}

    def __missing__(self, name: str) -> list[Element]:
        part = PARTS[name]
        classed = self._classed.get(part.tag) or self._read(part.tag)
        every = set.intersection(*(classed.get(each, set()) for each in part.classes))
        found = [each for _, each in sorted(every) if not part.is_inside or self._is_inside(each)]
        self[name] = found
        return found

    def _read(self, tag: str) -> dict[str, set[Numbered]]:
        """Class -> the elements that carry it."""
        printed: dict[str, list[Numbered]] = {}
        # Of a broken page a second root may stand behind the first.
        tops = (self.root, *self.root.itersiblings())
        for numbered in enumerate(chain.from_iterable(top.iter(tag) for top in tops)):
            if classes := numbered[1].get("class"):
                printed.setdefault(classes, []).append(numbered)
        classed = self._classed[tag] = defaultdict(set)
        for classes, some in printed.items():
            for each in _tokens(classes):
                classed[each].update(some)
        return classed

    def _is_inside(self, element: Element) -> bool:
        return any(each is self.column for each in element.iterancestors())
