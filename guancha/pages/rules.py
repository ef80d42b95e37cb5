"""How a rule of a page is written: XPaths in order of preference, compiled once, hits counted."""

from collections import Counter
from collections.abc import Iterable
from itertools import islice

from lxml import etree
from lxml.etree import _Element as Element

Hits = Counter[str]
"""``page/field/number`` of a rule -> 1 if it matched on this page; one that did not stands at 0."""
_NEAR = 12


class Rule:
    """Where a field stands: the first XPath that finds anything wins, the others are for older layouts."""

    def __init__(self, name: str, *paths: str) -> None:
        self.name = name
        self.paths = tuple(etree.XPath(path) for path in paths)

    def find(self, node: Element, hits: Hits) -> list[Element]:
        """The elements that the best matching path finds below ``node``, in document order."""
        return [found for found in self._first(node, hits) if isinstance(found, etree._Element)]

    def texts(self, node: Element, hits: Hits) -> list[str]:
        """Their texts as printed, attributes included; nothing is cleaned."""
        return [text_of(found) for found in self._first(node, hits)]

    def _first(self, node: Element, hits: Hits) -> list[Element | str]:
        best: list[Element | str] = []
        for number, path in enumerate(self.paths, 1):
            found = [] if best else path(node)
            key = f"{self.name}/{number}"
            hits[key] = max(hits[key], int(bool(found)))
            best = best or found
        return best


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
    return found if isinstance(found, str) else "".join(found.itertext())


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
    return Hits({f"{rule.name}/{n}": 0 for rule in rules for n in range(1, len(rule.paths) + 1)})
