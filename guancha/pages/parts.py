"""The parts of an article's page at which its rules begin, by tag and classes: each tag is walked once."""

import re
from dataclasses import dataclass
from itertools import chain

from lxml.etree import _Element as Element


@dataclass(frozen=True)
class Part:
    """What carries all of some classes."""

    tag: str
    classes: frozenset[str]
    is_inside: bool = True
    """Whether only those in the column of the article count."""


def _inside(tag: str, *classes: str) -> Part:
    return Part(tag, frozenset(classes))


def _anywhere(tag: str, *classes: str) -> Part:
    return Part(tag, frozenset(classes), is_inside=False)


PARTS = {
    "bodies": _inside("div", "all-txt"),
    "times": _inside("div", "time", "fix"),
    "tags": _inside("div", "key-word"),
    "topics": _inside("div", "img-special"),
    "others": _inside("ul", "article-other"),
    "specials": _anywhere("div", "img-special"),
    "headlines": _anywhere("div", "head-inpost"),
    "recommended": _anywhere("ul", "new-left-list"),
    "hot": _anywhere("ul", "hot-list-2"),
}
"""Variable of the rules' XPaths -> what it stands for."""

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
        parts = {name: part for name, part in PARTS.items() if part.tag == tag}
        self.update((name, []) for name in parts)
        known: dict[str, list[str]] = {}
        # Of a broken page a second root may stand behind the first.
        tops = (self.root, *self.root.itersiblings())
        for element in chain.from_iterable(top.iter(tag) for top in tops):
            printed = element.get("class", "")
            if printed not in known:
                classes = set(_tokens(printed))
                known[printed] = [name for name, part in parts.items() if part.classes <= classes]
            for name in known[printed]:
                if not parts[name].is_inside or self._is_inside(element):
                    self[name].append(element)

    def _is_inside(self, element: Element) -> bool:
        return any(each is self.column for each in element.iterancestors())
