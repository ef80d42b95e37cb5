"""Any page that leads to articles: home, sections, authors, headlines.

Its durable reading is every link that is an article's URL; the templates add what they show beside it.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from lxml.etree import _Element as Element

from guancha import urls
from guancha.exceptions import UrlError
from guancha.pages.related import printed_date
from guancha.pages.rules import Hits, Rule, beside, declared, has, text_of
from guancha.processors.text import clean
from guancha.urls import ArticleUrl


@dataclass(frozen=True)
class Template:
    """How one sort of list shows an entry: the link with its title, and from there the rest."""

    title: Rule
    abstract: Rule | None = None
    date: Rule | None = None

    @property
    def name(self) -> str:
        """That of its title's rule, without the page's."""
        return self.title.name.removeprefix("listing/")

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Those that it has."""
        return tuple(rule for rule in (self.title, self.abstract, self.date) if rule)


ANY = Template(Rule("listing/links", "//a[contains(@href, '.shtml')]"))
"""The durable reading: every link that may be an article's."""
TEMPLATES = (
    # column-list, new-left-list, Review-item and the middle of the home page. Globally and not by li:
    # the middle of the home page nests them unclosed.
    Template(
        Rule("listing/module", f"//a[ancestor::h4[{has('module-title')}]]"),
        Rule(
            "listing/module/abstract", f"self::p[{has('module-artile')}]//text()[not(ancestor::a)]"
        ),
        Rule("listing/module/date", f"self::div[{has('module-interact')}]/span[1]"),
    ),
    Template(
        Rule("listing/tsp", f"//a[{has('tsp-list1-title')} or {has('tsp-list2-title')}]"),
        Rule("listing/tsp/abstract", f"self::div[{has('tsp-list2-content')}]"),
        Rule("listing/tsp/date", f"self::div[{has('tsp-list2-review')}]/span[last()]"),
    ),
    Template(Rule("listing/headline", f"//div[{has('content-headline')}]/h3/a")),
    Template(Rule("listing/topnews", f"//div[{has('content-topnews-box-neo-box')}]//a")),
)

RULES = tuple(rule for template in (ANY, *TEMPLATES) for rule in template.rules)

_HOME_LETTERS = Rule("listing/letters", "//dl/dt[string-length(normalize-space()) = 1]")
_MANY_LETTERS = 20


@dataclass(frozen=True)
class Entry:
    """A link to an article as a page offers it."""

    article: ArticleUrl
    title: str | None = None
    abstract: str | None = None
    date_published: str | None = None
    """As precise as printed."""

    @property
    def key(self) -> str:
        """The article's id."""
        return self.article.article_id

    @property
    def date(self) -> str:
        """The day in its URL."""
        return self.article.date

    def fields(self) -> dict[str, str | None]:
        """The same for a person or a file."""
        identity = {"article_id": self.article.article_id, "url": self.article.canonical}
        shown = {"title": self.title, "abstract": self.abstract}
        return identity | shown | {"date_published": self.date_published}


class ListingPage:
    """A listing, as answered at ``date``; ``hits`` counts which rules matched."""

    def __init__(self, url: str, root: Element, date: datetime, hits: Hits | None = None) -> None:
        self.url = url
        self.root = root
        self.date = date
        self.hits = Hits() if hits is None else hits
        self.hits.update(declared(RULES))
        self.shown = Counter[str]()
        """Template -> links of articles that it shows."""
        self.placed = 0
        """How many articles stand where some template shows them."""
        self.entries = self._read()
        """Every article that it links to, once, in order of first appearance."""

    def _read(self) -> list[Entry]:
        details: dict[str, Entry] = {}
        for template in TEMPLATES:
            for anchor in template.title.find(self.root, self.hits):
                entry = self._entry(anchor, template)
                if entry and entry.title:
                    details.setdefault(entry.article.article_id, entry)
                    self.shown[template.name] += 1
        self.placed = len(details)
        entries: dict[str, Entry] = {}
        for anchor in ANY.title.find(self.root, self.hits):
            entry = self._entry(anchor)
            if entry is None:
                continue
            known = entries.get(entry.article.article_id)
            if known is None or (not known.title and entry.title):
                entries[entry.article.article_id] = details.get(entry.article.article_id, entry)
        return list(entries.values())

    def _entry(self, anchor: Element, template: Template = ANY) -> Entry | None:
        try:
            article = urls.linked_article(anchor.get("href", ""), self.url)
        except UrlError:
            return None
        if article is None:
            return None
        return Entry(
            article,
            title=_title(anchor),
            abstract=clean(beside(anchor, template.abstract, self.hits)) or None,
            date_published=printed_date(beside(anchor, template.date, self.hits), self.date),
        )


def is_home(root: Element) -> bool:
    """Whether a page is the home page, where the site sends readers of what is gone."""
    return len(_HOME_LETTERS.find(root, Hits())) >= _MANY_LETTERS


def _title(anchor: Element) -> str | None:
    """Its words; None for a picture, and for the counts that some lists link as well."""
    text = clean(text_of(anchor))
    return None if text.isdigit() or text == "[全文]" else text or None
