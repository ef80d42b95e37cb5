"""Which processor cleans which field of an article or a post. Loaders receive values, never selectors."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from itemloaders import ItemLoader
from itemloaders.processors import Identity, MapCompose, TakeFirst

from guancha.exceptions import DateError
from guancha.items import Article, Post
from guancha.processors.dates import iso_date
from guancha.processors.text import clean, integer, strip_label

_URL = re.compile(r"https?://\S+")


def _date(printed: str, loader_context: Mapping[str, Any]) -> str | None:
    # What can't be read stays beside it as printed, where the validation finds it.
    try:
        return iso_date(clean(printed), loader_context.get("reference"))
    except DateError:
        return None


def _labelled(*labels: str) -> MapCompose:
    return MapCompose(clean, lambda printed: strip_label(printed, *labels))


class ArticleLoader(ItemLoader):
    """Builds an Article from what its page prints; both processors of each field are named.

    For one without, the loader would look into the metadata of all fields.
    """

    default_item_class = Article

    title_in = description_in = MapCompose(clean)
    original_title_in = _labelled("原标题")
    date_published_in = date_modified_in = MapCompose(_date)
    date_published_raw_in = MapCompose(clean)
    date_modified_raw_in = _labelled("最后更新")
    source_in = _labelled("来源")
    editor_in = _labelled("责任编辑")
    tags_in = notices_in = MapCompose(clean, lambda text: text or None)
    comment_count_in = view_count_in = collect_count_in = MapCompose(integer)
    doc_id_in = Identity()

    tags_out = notices_out = Identity()
    # One value each.
    title_out = original_title_out = description_out = source_out = editor_out = TakeFirst()
    date_published_out = date_published_raw_out = TakeFirst()
    date_modified_out = date_modified_raw_out = TakeFirst()
    comment_count_out = view_count_out = collect_count_out = TakeFirst()
    doc_id_out = TakeFirst()


def complete(article: Article) -> Article:
    """The article, with the fields that follow from the others."""
    counts = (article.comment_count, article.view_count, article.collect_count)
    if any(count is not None for count in counts):
        article.counts_at = article.date_crawled
    article.text = "\n\n".join(article.paragraphs)
    article.text_hash = _sha256("".join(article.text.split()))
    article.content_hash = content_hash(article)
    return article


class PostLoader(ItemLoader):
    """Builds a Post; ``reference`` is the time that its relative times count back from."""

    default_item_class = Post
    default_input_processor = Identity()
    default_output_processor = Identity()

    title_in = author_name_in = date_published_raw_in = MapCompose(clean)
    date_published_in = MapCompose(_date)
    view_count_in = comment_count_in = praise_count_in = collect_count_in = MapCompose(integer)

    # One value each; the others are lists.
    post_id_out = url_out = title_out = author_id_out = author_name_out = TakeFirst()
    date_published_out = date_published_raw_out = TakeFirst()
    view_count_out = comment_count_out = praise_count_out = collect_count_out = TakeFirst()
    is_complete_out = date_first_crawled_out = date_crawled_out = TakeFirst()
    extractor_version_out = TakeFirst()

    def load_post(self) -> Post:
        """The post, with the fields that follow from the others."""
        post: Post = self.load_item()
        counts = (post.view_count, post.comment_count, post.praise_count, post.collect_count)
        if any(count is not None for count in counts):
            post.counts_at = post.date_crawled
        post.text = "\n\n".join(post.paragraphs)
        post.text_hash = _sha256("".join(post.text.split()))
        post.content_hash = _content_hash(post_content(_record(post, "images", "videos", "topics")))
        return post


def content(record: Mapping[str, Any]) -> dict[str, Any]:
    """What a reader sees of an article: no crawl times, counters, lists, slugs or addresses of notices.

    Images count by path, for their host's suffixes (``!m.jpg``, ``?imageMogr2/…``) come and go.
    """
    names = "title original_title date_published source byline editor description tags paragraphs"
    shown = {name: record[name] for name in (*names.split(), "videos")}
    # Without their page, whose address is a slug and changes with the site's software.
    shown["authors"] = [{**author, "url": None} for author in record["authors"]]
    shown["topic"] = record["topic"] and record["topic"]["name"]
    shown["images"] = _pictures(record)
    shown["notices"] = [_URL.sub("", notice) for notice in record["notices"]]
    return shown


def post_content(record: Mapping[str, Any]) -> dict[str, Any]:
    """What a reader sees of a post, but for its times and its writer.

    The time is printed relative to the day of a visit, and the writer is hashed later than this.
    """
    shown = {name: record[name] for name in ("title", "paragraphs", "videos")}
    shown["topics"] = [topic["topic_id"] for topic in record["topics"]]
    shown["images"] = _pictures(record)
    return shown


def content_hash(article: Article) -> str:
    """``1:`` and the SHA-256 of the content; equal while the site has changed nothing a reader sees."""
    record = _record(article, "authors", "images", "videos")
    record["topic"] = article.topic and vars(article.topic)
    return _content_hash(content(record))


def _record(item: Article | Post, *lists: str) -> dict[str, Any]:
    """The fields of an item, and of what stands in some of its lists; nothing is copied."""
    fields = vars(item)
    return fields | {name: [vars(each) for each in fields[name]] for name in lists}


def _content_hash(shown: Mapping[str, Any]) -> str:
    return "1:" + _sha256(json.dumps(shown, ensure_ascii=False, sort_keys=True))


def _pictures(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"path": _path(image["url"]), "caption": image["caption"]} for image in record["images"]
    ]


def _path(url: str) -> str:
    return urlsplit(url).path.partition("!")[0]


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
