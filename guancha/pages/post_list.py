"""A list of readers' posts, in whichever form: a page, a piece of one, JSON that holds it, or objects.

Its durable reading is every link that is a post's URL.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml.etree import _Element as Element

from guancha import urls
from guancha.exceptions import PageError, UrlError
from guancha.pages import payload
from guancha.pages.document import parse
from guancha.pages.rules import Hits, Rule, declared, has, text_of
from guancha.processors.text import clean

LINKS = Rule("listing/posts/links", "/descendant::a[contains(@href, 'content?')]")
ITEMS = Rule(
    "listing/posts/items", f"/descendant::a[ancestor::h4][ancestor::*[{has('list-item')}]]"
)
RULES = (LINKS, ITEMS)
_FINE = ("0", "200")
EMPTY = "an empty answer"


@dataclass(frozen=True)
class PostEntry:
    """A post as a list offers it."""

    key: str
    """Its number."""
    title: str | None = None
    date: str = ""
    """None is read from a list."""


class PostList:
    """A list of posts; ``hits`` counts which rules matched. Raises PageError for what is no list at all."""

    def __init__(self, body: bytes, hits: Hits | None = None) -> None:
        self.hits = Hits() if hits is None else hits
        self.hits.update(declared(RULES))
        self.shown = Counter[str]()
        """Template -> links of posts that it shows; ``json`` stands for objects."""
        self.root: Element | None = None
        """The page, or the piece of one, that was answered; None for JSON."""
        self._found: dict[str, PostEntry] = {}
        self._placed: set[str] = set()
        self._read(body)

    @property
    def entries(self) -> list[PostEntry]:
        """Every post that it names, once, in order of first appearance."""
        return list(self._found.values())

    @property
    def placed(self) -> int:
        """How many posts stand where some template shows them."""
        return len(self._placed)

    def _read(self, body: bytes) -> None:
        if not body.strip():
            raise PageError(EMPTY)
        try:
            # A text alone is JSON as well.
            is_text = body.lstrip().startswith(b'"')
            found = payload.parse(b"[%s]" % body if is_text else body)
        except PageError:
            self.root = parse(body)
            self._links(self.root)
        else:
            self._values(found)
            code = payload.string(found, "code") or "0"
            if code not in _FINE and not self._found:
                raise PageError(f"code {code[:20]}")

    def _values(self, found: payload.Object) -> None:
        """Every object and every piece of a page in JSON, in order, however deep."""
        waiting: list[Any] = [found]
        while waiting:
            value = waiting.pop()
            if isinstance(value, dict):
                if entry := self._entry(value):
                    self._add(entry, "json")
                else:
                    waiting += reversed(value.values())
            elif isinstance(value, list):
                waiting += reversed(value)
            elif isinstance(value, str) and "content?" in value:
                self._links(parse(value.encode("utf-8", "replace")))

    def _entry(self, value: payload.Object) -> PostEntry | None:
        title, url = payload.string(value, "title"), payload.string(value, "post_url")
        number = self._post_id(url or urls.post(payload.digits(value, "id") or ""))
        return PostEntry(number, clean(title)) if number and title else None

    def _links(self, root: Element) -> None:
        placed = {number: title for number, title in self._anchors(root, ITEMS) if title}
        for number, title in self._anchors(root, LINKS):
            if number in placed:
                self._add(PostEntry(number, placed[number]), "items")
            elif number not in self._found or (title and not self._found[number].title):
                self._found[number] = PostEntry(number, title)

    def _anchors(self, root: Element, rule: Rule) -> Iterator[tuple[str, str | None]]:
        for anchor in rule.find(root, self.hits):
            if number := self._post_id(anchor.get("href", "")):
                yield number, clean(text_of(anchor)) or None

    def _post_id(self, href: str) -> str | None:
        try:
            return urls.find_post(urls.absolute(href, urls.post("")))
        except UrlError:
            return None

    def _add(self, entry: PostEntry, template: str) -> None:
        if entry.key not in self._placed:
            self._placed.add(entry.key)
            self.shown[template] += 1
            self._found[entry.key] = entry
