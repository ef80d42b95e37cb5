"""What a perfect crawl of the day would give, from the facts alone: no HTML is read here."""

from collections.abc import Iterator
from hashlib import sha256

from replica.addresses import alternate_url
from replica.articles import Facts, facts
from replica.blocks import Paragraph, Subhead
from replica.content import Record, content_hash, content_of
from replica.kinds import Kind
from replica.listings import listed
from replica.related import Entry, related
from replica.timeline import World

RAW = "%Y-%m-%d %H:%M:%S"


def records(world: World) -> Iterator[Record]:
    """One record for each living article, oldest first; stubs have none."""
    for entry in range(world.total):
        if world.alive(entry) and not world.is_stub(entry):
            yield record(world, facts(world, entry))


def record(world: World, article: Facts) -> Record:
    """The record of one article, without times of the crawl."""
    content = content_of(article)
    return {
        **_identity(world, article),
        **_head(article, content),
        **_body(article, content),
        "related": [_related(entry) for entry in related(world, article)],
        "doc_id": str(article.doc_id),
        **dict.fromkeys(("comment_count", "view_count", "collect_count", "counts_at")),
        "text_hash": sha256("".join("".join(content["paragraphs"]).split()).encode()).hexdigest(),
        "near_duplicate_of": None,
        "content_hash": content_hash(content),
        "revision": 1,
        "revision_cause": "first",
        "changed_fields": [],
    }


def _identity(world: World, article: Facts) -> Record:
    other = alternate_url(world, article.entry)
    return {
        "schema_version": 1,
        "article_id": str(article.article_id),
        "url": article.url,
        "alternate_urls": [other] if other else [],
        "section": article.slug,
        "date": f"{article.published:%Y-%m-%d}",
        "content_type": content_type(article),
        "title": article.title,
        "list_title": article.list_title if listed(world, article.entry) else None,
        "original_title": article.original_title,
    }


def _head(article: Facts, content: Record) -> Record:
    published, modified = article.published, article.modified
    return {
        "date_published": published.isoformat(),
        "date_modified": modified and modified.isoformat(),
        "date_published_raw": published.strftime(RAW),
        "date_modified_raw": modified and modified.strftime(RAW),
        "source": article.source,
        "byline": content["byline"],
        "authors": content["authors"],
        "editor": article.editor,
        "description": article.description,
        "tags": list(article.tags),
        "topic": _topic(article),
        "language": "zh",
    }


def _body(article: Facts, content: Record) -> Record:
    blocks = article.body.blocks
    return {
        "text": "\n\n".join(content["paragraphs"]),
        "paragraphs": content["paragraphs"],
        "subheadings": [block.text for block in blocks if isinstance(block, Subhead)],
        "images": content["images"],
        "videos": content["videos"],
        "links": body_links(article),
        "image": article.image,
        "notices": content["notices"],
        "is_exclusive": any("独家稿件" in notice for notice in content["notices"]),
        "page_count": len(article.body.pages),
        "is_complete": True,
    }


def content_type(article: Facts) -> str:
    """text, images, video or mixed."""
    others = {Kind.IMAGES: "images", Kind.VIDEO: "video", Kind.MIXED: "mixed"}
    return others.get(article.kind, "text")


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
