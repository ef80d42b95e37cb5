"""How a rule of a page is written: XPaths in order of preference, compiled once, hits counted."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice

from lxml import etree
from lxml.etree import _Element as Element

Hits = Counter[str]
"""``page/field/number`` of a rule -> 1 if it matched on this page; one that did not stands at 0."""
Parts = Mapping[str, list[Element]]
"""Variable of an XPath -> the elements of the page that it stands for."""
_NEAR = 12
_VARIABLE = re.compile(r"\$(\w+)")


NO_PARTS: Parts = {}


class Path:
    """One XPath, compiled; ``key`` is its name among the hits."""

    def __init__(self, key: str, path: str) -> None:
        self.key = key
        self.text = path
        # Plain strings, and none of the functions that no rule uses: both cost each call.
        self._find = etree.XPath(path, smart_strings=False, regexp=False)
        self._starts = _VARIABLE.findall(path)

    def find(self, node: Element, parts: Parts) -> list[Element | str]:
        """What it finds from ``node``; nothing where no element stands for any of its variables."""
        if not self._starts:
            return self._find(node)  # type: ignore[no-any-return]
        variables = {name: parts[name] for name in self._starts}
        return self._find(node, **variables) if any(variables.values()) else []


class Rule:
    """Where a field stands: the first XPath that finds anything wins, the others are for older layouts.

    A path may begin at a part of the page that others look into as well: ``$times/span``.
    """

    def __init__(self, name: str, *paths: str) -> None:
        self.name = name
        self.paths = tuple(Path(f"{name}/{n}", path) for n, path in enumerate(paths, 1))

    def find(self, node: Element, hits: Hits, parts: Parts = NO_PARTS) -> list[Element]:
        """The elements that the best matching path finds below ``node``, in document order."""
        found = self._first(node, hits, parts)
        return [each for each in found if isinstance(each, etree._Element)]

    def texts(self, node: Element, hits: Hits, parts: Parts = NO_PARTS) -> list[str]:
        """Their texts as printed, attributes included; nothing is cleaned."""
        return [text_of(found) for found in self._first(node, hits, parts)]

    def _first(self, node: Element, hits: Hits, parts: Parts) -> list[Element | str]:
        for path in self.paths:
            if found := path.find(node, parts):
                hits[path.key] = 1
                return found
        return []


def beside(anchor: Element, rule: Rule | None, hits: Hits) -> str:
    """What a rule finds behind a link, or behind the headline around it, up to the next like it.

    Not an XPath: its following-sibling axis is walked to the end for each entry of a long list.
    """
    if rule is None:
        return ""
    heading = next(islice(anchor.iterancestors("h4"), 1), anchor)
    for sibling in islice(heading.itersiblings(), _NEAR):
        if sibling.tag == heading.tag:
            break
        if texts := rule.texts(sibling, hits):
            return "".join(texts)
    return ""


def text_of(found: Element | str) -> str:
    """The text of a match, which is an element or an attribute."""
    if isinstance(found, str):
        return found
    return "".join(found.itertext()) if len(found) else found.text or ""


def with_id(name: str) -> str:
    """An XPath: the elements below with an id. To look at the attributes alone takes a fifth of the time.

    >>> with_id("count2")
    "descendant::*/@id[.='count2']/.."
    """
    return f"descendant::*/@id[.='{name}']/.."


def has(*classes: str) -> str:
    """An XPath condition: the element carries every one of these classes.

    >>> has("fix")
    "contains(concat(' ', normalize-space(@class), ' '), ' fix ')"
    """
    return " and ".join(
        f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')" for name in classes
    )


def begins(*labels: str) -> str:
    """An XPath condition: the element's text begins with one of these labels.

    >>> begins("来源")
    "starts-with(normalize-space(translate(., '\\u3000\\xa0', '  ')), '来源')"
    """
    text = "normalize-space(translate(., '\u3000\xa0', '  '))"
    return " or ".join(f"starts-with({text}, '{label}')" for label in labels)


def declared(rules: Iterable[Rule]) -> Hits:
    """A count at 0 for every path of the rules, so that one that is never tried shows as well."""
    return Hits({path.key: 0 for rule in rules for path in rule.paths})
