"""A plain Scrapy spider, as one writes it who picks Scrapy and nothing else: what ours is measured beside.

Links by ``LinkExtractor``, fields by ``ItemLoader`` and CSS, records by a feed, duplicates by Scrapy's own
filter; all settings are Scrapy's. It reads what can be read from a page by a selector and a little code, and
stands for itself: it imports nothing of guancha. ``scrapy runspider bench/plain.py -O articles.jsonl``
"""

import re
from collections.abc import Iterator
from typing import Any, ClassVar

from itemloaders.processors import Compose, Identity, MapCompose, TakeFirst
from scrapy import Field, Item, Request, Spider
from scrapy.http import Response
from scrapy.linkextractors import LinkExtractor
from scrapy.loader import ItemLoader

ARTICLE = r"guancha\.cn/[^/]+/\d{4}_\d\d_\d\d_(\d+)\.shtml$"
LISTING = (
    r"guancha\.cn/(column/[^/]+(/\d+)?|mainnews-\w+/?(list_\d+\.shtml)?"
    r"|video/gczvideo/list(_\d+)?\.html)$"
)
NOISE = re.compile(r"[?#].*")


def strip_noise(link: str) -> str:
    """Pages link to each article in several ways; without this each would be fetched several times."""
    return NOISE.sub("", link).replace("http://", "https://")


class Article(Item):
    """A record."""

    article_id = Field()
    url = Field()
    title = Field()
    date_published = Field()
    date_modified = Field()
    source = Field()
    byline = Field()
    authors = Field(output_processor=Identity())
    editor = Field()
    original_title = Field()
    description = Field()
    tags = Field(output_processor=Identity())
    topic = Field()
    doc_id = Field()
    paragraphs = Field(output_processor=Identity())
    subheadings = Field(output_processor=Identity())
    images = Field(output_processor=Identity())
    links = Field(output_processor=Identity())
    notices = Field(output_processor=Identity())
    related = Field(output_processor=Identity())


class ArticleLoader(ItemLoader):
    """Strips each text, and takes the first of those that a field has one of."""

    default_item_class = Article
    default_input_processor = MapCompose(lambda v: v.strip() if isinstance(v, str) else v)
    default_output_processor = TakeFirst()
    source_in = Compose(default_input_processor, MapCompose(lambda v: v.removeprefix("来源：")))
    date_modified_in = MapCompose(lambda v: v.removeprefix("最后更新:").strip())
    editor_in = MapCompose(lambda v: v.strip().removeprefix("责任编辑:").strip())
    original_title_in = MapCompose(lambda v: v.strip().removeprefix("原标题：").strip())


class PlainSpider(Spider):
    """Home and listings -> articles -> related articles."""

    name = "plain"
    allowed_domains: ClassVar[list[str]] = ["guancha.cn"]
    start_urls: ClassVar[list[str]] = ["https://www.guancha.cn/"]
    custom_settings: ClassVar[dict[str, Any]] = {"FEED_EXPORT_ENCODING": "utf-8"}
    articles = LinkExtractor(allow=ARTICLE, process_value=strip_noise)
    listings = LinkExtractor(allow=LISTING, process_value=strip_noise)

    def parse(self, response: Response) -> Iterator[Request]:
        """A listing."""
        for link in self.listings.extract_links(response):
            yield response.follow(link)
        yield from self.found(response)

    def found(self, response: Response) -> Iterator[Request]:
        """The articles that a page links to."""
        for link in self.articles.extract_links(response):
            yield response.follow(link, self.article)

    def article(self, response: Response) -> Iterator[Request | Article]:
        """An article; a page without a body is none."""
        if not response.css("div.all-txt"):
            return
        loader = ArticleLoader(response=response)
        loader.add_value("article_id", re.findall(ARTICLE, response.url))
        loader.add_value("url", response.url)
        loader.add_css("title", "li.left-main > h3::text")
        loader.add_css("date_published", "div.time.fix > span::text")
        loader.add_css("date_modified", "div.time.fix > span:contains('最后更新')::text")
        loader.add_css("source", "div.time.fix > span:contains('来源')::text")
        loader.add_css("authors", "ul.author .author-intro p > a::text")
        loader.add_css("editor", "ul.article-other li:contains('责任编辑')::text")
        loader.add_css("original_title", "ul.article-other li:contains('原标题')::text")
        loader.add_css("notices", "ul.article-other span.gray::text")
        loader.add_css("description", "meta[name=Description]::attr(content)")
        loader.add_css("tags", ".key-word a::text")
        loader.add_css("topic", ".img-special h4 > a::text")
        loader.add_css("doc_id", "#comments-container::attr(data-id)")
        loader.add_css("subheadings", "div.all-txt p > strong:only-child::text")
        loader.add_css("images", "div.all-txt img::attr(src)")
        loader.add_css("links", "div.all-txt p a::attr(href)")
        texts = ["".join(p.css("::text").getall()) for p in response.css("div.all-txt > p")]
        loader.add_value("paragraphs", [text for text in texts if text.strip()])
        loader.add_value(
            "byline", [text for text in texts if re.match(r"\s*[\[（【(].*[/：]", text)][:1]
        )
        loader.add_value("related", self.related(response))
        yield loader.load_item()
        yield from self.found(response)

    def related(self, response: Response) -> list[dict[str, Any]]:
        """The entries of the lists beside an article."""
        entries = []
        for kind, container, title, date in (
            ("special", "div.img-special .resemble-art-black", "a", "span::text"),
            (
                "recommended",
                "ul.new-left-list > li",
                "h4.module-title a",
                ".module-interact span::text",
            ),
            ("headline", "li.right .head-inpost-box-right", "a.head-inpost-title", "none"),
            ("hot", "li.right ul.hot-list-2 > li", "h4 a", "none"),
        ):
            for entry in response.css(container):
                entries += [
                    {
                        "kind": kind,
                        "url": response.urljoin(anchor.attrib["href"]),
                        "title": anchor.css("::text").get(),
                        "date_published": entry.css(date).get(),
                        "topic": entry.css("a.interact-key::text").get(),
                        "comment_count": entry.css("span::text").re_first(r"评论 (\d+)"),
                    }
                    for anchor in entry.css(title)
                ]
        return entries
