"""What a perfect crawl of the day would give, from the facts alone: no HTML is read here."""

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from replica.addresses import HOME, alternate_url, stub_target, url_of
from replica.articles import DISCLAIMER, SUPPORT, Facts, facts
from replica.blocks import Byline, Notice, Paragraph, Picture, Player, Subhead
from replica.places import Person, sections
from replica.related import Entry, related
from replica.timeline import World

Record = dict[str, Any]
RAW = "%Y-%m-%d %H:%M:%S"


def records(world: World) -> Iterator[Record]:
    """One record for each living article, oldest first; stubs have none."""
    for entry in range(world.total):
        if world.alive(entry) and not world.is_stub(entry):
            yield record(world, facts(world, entry))


def record(world: World, article: Facts) -> Record:
    """The record of one article, without times of the crawl."""
    other = alternate_url(world, article.entry)
    hidden = world.hidden(article.entry, len(sections(world)))
    content = content_of(article)
    paragraphs = content["paragraphs"]
    text = "\n\n".join(paragraphs)
    modified = article.modified
    return {
        "schema_version": 1,
        "article_id": str(article.article_id),
        "url": article.url,
        "alternate_urls": [other] if other else [],
        "section": article.slug,
        "date": f"{article.published:%Y-%m-%d}",
        "content_type": _content_type(content),
        "title": article.title,
        "list_title": None if hidden else article.list_title,
        "original_title": article.original_title,
        "date_published": article.published.isoformat(),
        "date_modified": modified and modified.isoformat(),
        "date_published_raw": article.published.strftime(RAW),
        "date_modified_raw": modified and modified.strftime(RAW),
        "source": article.source,
        "byline": content["byline"],
        "authors": content["authors"],
        "editor": article.editor,
        "description": article.description,
        "tags": list(article.tags),
        "topic": _topic(article),
        "language": "zh",
        "text": text,
        "paragraphs": paragraphs,
        "subheadings": [block.text for block in article.body.blocks if isinstance(block, Subhead)],
        "images": content["images"],
        "videos": content["videos"],
        "links": body_links(article),
        "image": article.image,
        "notices": content["notices"],
        "is_exclusive": any("独家稿件" in notice for notice in content["notices"]),
        "page_count": len(article.body.pages),
        "is_complete": True,
        "related": [_related(entry) for entry in related(world, article)],
        "doc_id": str(article.doc_id),
        "comment_count": None,
        "view_count": None,
        "collect_count": None,
        "counts_at": None,
        "text_hash": sha256("".join(text.split()).encode()).hexdigest(),
        "near_duplicate_of": None,
        "content_hash": content_hash(content),
        "revision": 1,
        "revision_cause": "first",
        "changed_fields": [],
    }


def _content_type(content: Record) -> str:
    if content["videos"]:
        return "mixed" if content["paragraphs"] else "video"
    return "text" if content["paragraphs"] else "images"


def _topic(article: Facts) -> Record | None:
    topic = article.topic
    return None if topic is None else {"name": topic.name, "slug": topic.slug, "url": topic.url}


def body_links(article: Facts) -> list[Record]:
    """The links inside the body, in order."""
    found: list[Record] = []
    position = 0
    for block in article.body.blocks:
        if isinstance(block, Paragraph):
            found += [
                {"text": run.text, "url": run.url, "paragraph": position}
                for run in block.runs
                if run.style == "link"
            ]
        position += len(block.texts)
    return found


def _related(entry: Entry) -> Record:
    shown: str | None = entry.shown or None
    if shown and " " in shown:
        shown = shown.replace(" ", "T") + "+08:00"
    return {
        "kind": entry.kind,
        "article_id": str(entry.article_id),
        "url": entry.url,
        "title": entry.title,
        "date_published": shown,
        "topic": entry.topic and entry.topic.name,
        "comment_count": entry.comments,
    }
