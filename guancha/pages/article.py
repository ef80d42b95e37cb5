"""An article's page: head, body and lists. Real pages of 2019 and 2026 share this skeleton."""

from collections.abc import Sequence
from datetime import datetime

from lxml.etree import _Element as Element

from guancha import EXTRACTOR_VERSION, clock, loaders
from guancha.items import Article, Author
from guancha.pages import blocks, body, head, pager, related
from guancha.pages.body import Body
from guancha.pages.joining import joined
from guancha.pages.parts import Parts
from guancha.pages.rules import Hits, Rule, declared, has
from guancha.processors.bylines import parse_byline
from guancha.processors.text import is_exclusive
from guancha.urls import ArticleUrl

NODE = Rule("article/node", f"/descendant::li[{has('left-main')}]")
BODY = Rule("article/body", f"$bodies[not(ancestor::div[{has('all-txt')}])]")
# A stray closing tag ends the body early, and the rest of the text stands where no page has any.
STRAY = Rule("article/stray", "./p[normalize-space()] | ./text()[normalize-space()]")

RULES = (NODE, BODY, *head.RULES, *pager.RULES, *related.RULES)


class ArticlePage:
    """One page of an article, as answered at ``date``; ``hits`` counts which rules matched."""

    def __init__(
        self, url: ArticleUrl, root: Element, date: datetime, hits: Hits | None = None
    ) -> None:
        self.url = url
        self.root = root
        self.date = date
        self.hits = Hits() if hits is None else hits
        self.hits.update(declared(RULES))
        self.base = url.address
        nodes = NODE.find(root, self.hits)[:1]
        self.node = nodes[0] if nodes else root
        self.parts = Parts(root, self.node)
        bodies = BODY.find(self.node, self.hits, self.parts)
        self.fault = self._fault(bool(nodes), bool(bodies))
        """Why this can't be read as an article, in words; None where all is in its place."""
        self.blocks = [block for each in bodies for block in blocks.read(each, self.base)]
        self.pager = pager.read(self.node, url, self.hits)

    def _fault(self, has_node: bool, has_body: bool) -> str | None:
        for rule, found in ((NODE, has_node), (BODY, has_body)):
            if not found:
                return f"no {rule.name}"
        stray = STRAY.texts(self.node, Hits())
        return f"text outside of {BODY.name}: {stray[0].strip()[:40]!r}" if stray else None

    @property
    def is_whole(self) -> bool:
        """Whether this page alone holds the whole text."""
        return self.url.page == "s" or self.pager.count == 1

    def body(self) -> Body:
        """The body of this page alone."""
        return body.read(self.blocks)

    def article(
        self,
        parts: Sequence["ArticlePage"] = (),
        *,
        count: int | None = None,
        complete: bool | None = None,
    ) -> Article:
        """The article whose head is on this page.

        ``parts`` are the pages that hold its text, in order, of ``count``; ``complete`` says that
        together they hold all of it. By default it is what this page alone holds.
        """
        text = body.read(joined(part.blocks for part in parts or (self,)))
        self.hits["article/body/discarded"] = len(text.discarded)
        article = head.read(self.node, self.base, self.hits, self.parts)
        self._identify(article)
        self._fill(article, text)
        article.related = related.read(self.parts, self.base, self.date, self.hits)
        article.page_count = count or self.pager.count
        article.is_complete = self.is_whole if complete is None else complete
        return loaders.complete(article)

    def _identify(self, article: Article) -> None:
        article.article_id = self.url.article_id
        article.url = self.url.canonical
        article.section = self.url.slug
        article.date = self.url.date
        article.date_first_crawled = article.date_crawled = clock.stamp(self.date)
        article.extractor_version = EXTRACTOR_VERSION

    def _fill(self, article: Article, text: Body) -> None:
        article.content_type = text.content_type
        article.byline = " ".join(text.bylines) or None
        article.authors = _merged(text.bylines, head.authors(self.node, self.base, self.hits))
        article.paragraphs = text.paragraphs
        article.subheadings = text.subheadings
        article.images = text.images
        article.videos = text.videos
        article.links = text.links
        # Those of the body come first, as on the page.
        article.notices = [*text.notices, *article.notices]
        article.is_exclusive = any(map(is_exclusive, text.notices))


def _merged(bylines: Sequence[str], boxed: Sequence[Author]) -> list[Author]:
    """The people of bylines and author box, one entry for a name in a role."""
    merged = {
        (author.name, author.role): author for byline in bylines for author in parse_byline(byline)
    }
    for author in boxed:
        known = merged.setdefault((author.name, author.role), author)
        known.job_title, known.url = author.job_title, author.url
    return list(merged.values())
