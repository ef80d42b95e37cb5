"""The site as a function: a request goes in, status, headers and body come out."""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from replica import box_json, user
from replica.addresses import SITE, stub_target
from replica.answers import GONE_HOME, HTML, JSON, NOTHING, Answer, moved
from replica.articles import facts, list_title
from replica.kinds import offers_full_text, page_count
from replica.listings import page as listing_page
from replica.pages.article import article_html, stub_html
from replica.pages.home import home_html
from replica.pages.listing import is_listing, listing_html
from replica.timeline import World

ARTICLE = re.compile(r"/[^/]+/(\d{4}_\d{2}_\d{2})_(\d{1,12})(?:_(\d{1,3}|s))?\.shtml")
LISTING = re.compile(r"/([^/.]+)(?:/(?:list_(\d{1,6})\.shtml)?)?")
COLUMN = re.compile(r"/column/([^/.]+)(?:/(\d{1,6}))?/?")
VIDEOS = re.compile(r"/video/gczvideo/list(?:_(\d{1,6}))?\.html")
ARTICLE_HOSTS = frozenset({"www.guancha.cn", "m.guancha.cn"})


@dataclass(frozen=True)
class Site:
    """The stand-in of one world."""

    world: World
    crawl_delay: int | None = None

    def answer(self, host: str, target: str) -> Answer:
        """The answer to GET ``target`` (path and query) at ``host``."""
        path = unquote(urlsplit(target).path)
        if path == "/robots.txt":
            return Answer(
                200, self._robots().encode(), {"Content-Type": "text/plain; charset=utf-8"}
            )
        if host == "guancha.cn":
            return moved(SITE + target, 301)
        if host in user.HOSTS:
            return user.answer(self.world, host, target)
        if host not in ARTICLE_HOSTS:
            return NOTHING
        if said := box_json.answer(self.world, path):
            return Answer(200, said.encode(), {"Content-Type": JSON})
        html = self._page(path)
        return GONE_HOME if html is None else Answer(200, html.encode(), {"Content-Type": HTML})

    def _robots(self) -> str:
        delay = "" if self.crawl_delay is None else f"Crawl-delay: {self.crawl_delay}\n"
        return f"User-agent: *\nDisallow: /Search/\nDisallow: /df888/\n{delay}"

    def _page(self, path: str) -> str | None:
        """The HTML of a path, or None where the site sends the reader home."""
        if path in ("/", "/index.shtml"):
            return home_html(self.world)
        if found := ARTICLE.fullmatch(path):
            return self._article(found[1], int(found[2]), found[3])
        if found := COLUMN.fullmatch(path):
            return self._listing(found[1], int(found[2] or 1), column=True)
        if found := VIDEOS.fullmatch(path):
            return self._shown("gczvideo", int(found[1] or 1))
        if found := LISTING.fullmatch(path):
            return self._listing(found[1], int(found[2] or 1), column=False)
        return None

    def _article(self, day: str, article_id: int, suffix: str | None) -> str | None:
        """An article whatever its slug; None unless the id lives, and lives on that day."""
        world = self.world
        entry = world.entry_of(article_id)
        if entry is None or not world.alive(entry):
            return None
        published = world.published(entry)
        if day != published.strftime("%Y_%m_%d"):
            return None
        if world.is_stub(entry):
            shown = published.strftime("%m/%d/%Y %H:%M:%S")
            target = stub_target(world, entry)
            return (
                None
                if suffix
                else stub_html(list_title(world, entry), shown, target, world.old(entry))
            )
        count = page_count(entry)
        if suffix == "s":
            return (
                article_html(world, facts(world, entry), None) if offers_full_text(entry) else None
            )
        page = int(suffix or 1)
        return article_html(world, facts(world, entry), page) if 1 <= page <= count else None

    def _listing(self, slug: str, page: int, column: bool) -> str | None:
        return self._shown(slug, page) if is_listing(self.world, slug, column) else None

    def _shown(self, slug: str, page: int) -> str | None:
        shown = listing_page(self.world, slug, page)
        return None if shown is None else listing_html(self.world, slug, page, shown)
