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
    content = _content(article)
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
        "links": _links(article),
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


def _content(article: Facts) -> Record:
    """What a reader sees: the fields that make the content hash."""
    paragraphs: list[str] = []
    images, videos, notices = [], [], []
    for block in article.body.blocks:
        match block:
            case Picture():
                images.append(
                    {"url": block.url, "caption": block.caption, "position": len(paragraphs)}
                )
            case Player():
                videos.append(
                    {"url": block.url, "caption": block.caption, "position": len(paragraphs)}
                )
            case Notice():
                notices.append(block.text)
            case Byline():
                continue
            case _:
                paragraphs.extend(block.texts)
    return {
        "title": article.title,
        "original_title": article.original_title,
        "date_published": article.published.isoformat(),
        "source": article.source,
        "byline": _byline(article),
        "authors": _authors(article),
        "editor": article.editor,
        "description": article.description,
        "tags": list(article.tags),
        "topic": article.topic and article.topic.name,
        "paragraphs": paragraphs,
        "images": images,
        "videos": videos,
        "notices": notices + _notices_below(article),
    }


def _notices_below(article: Facts) -> list[str]:
    below = [DISCLAIMER] if article.disclaimer else []
    return below + ([SUPPORT + article.url] if article.box and article.old else [])


def _content_type(content: Record) -> str:
    if content["videos"]:
        return "mixed" if content["paragraphs"] else "video"
    return "text" if content["paragraphs"] else "images"


def _byline(article: Facts) -> str | None:
    signature = article.body.signature
    return " ".join(filter(None, (signature.head, signature.tail))) or None


def _authors(article: Facts) -> list[Record]:
    """The byline's people, then those of the author box that it does not name as authors."""
    boxed = {person.name: person for person in article.box}
    named = [
        _author(credit.name, credit.role, credit.role_raw, credit.affiliation)
        for credit in article.body.signature.credits
    ]
    for author in named:
        if author["role"] == "author" and author["name"] in boxed:
            author.update(_from_box(boxed.pop(author["name"])))
    rest = [
        _author(person.name, "author", None, None) | _from_box(person) for person in boxed.values()
    ]
    return named + rest


def _author(name: str, role: str, role_raw: str | None, affiliation: str | None) -> Record:
    return {
        "name": name,
        "role": role,
        "role_raw": role_raw,
        "affiliation": affiliation,
        "job_title": None,
        "url": None,
    }


def _from_box(person: Person) -> Record:
    return {"job_title": person.job_title, "url": person.url}


def _topic(article: Facts) -> Record | None:
    topic = article.topic
    return None if topic is None else {"name": topic.name, "slug": topic.slug, "url": topic.url}


def _links(article: Facts) -> list[Record]:
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


def content_hash(content: Record) -> str:
    """``1:`` and the SHA-256 of the content: no URL in notices, no suffix and no position of pictures."""
    images = [
        {"path": _path(image["url"]), "caption": image["caption"]} for image in content["images"]
    ]
    notices = [re.sub(r"https?://\S+", "", notice) for notice in content["notices"]]
    plain = {**content, "images": images, "notices": notices}
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True)
    return "1:" + sha256(text.encode()).hexdigest()


def _path(url: str) -> str:
    return re.split(r"[!?]", urlsplit(url).path)[0]


def outcomes(world: World) -> Iterator[Record]:
    """One outcome for each article URL of the day's pages that leads to no article."""
    found: dict[str, Record] = {}
    for entry in range(world.total):
        if not world.alive(entry):
            continue
        if world.is_stub(entry):
            target = stub_target(world, entry)
            found.setdefault(str(world.id_of(entry)), _outcome(world, entry, "stub", target))
            continue
        article = facts(world, entry)
        linked = [(item.article_id, item.url) for item in related(world, article)]
        for link in _links(article):
            if link["url"].startswith(HOME):
                linked.append(
                    (int(link["url"].rpartition("_")[2].removesuffix(".shtml")), link["url"])
                )
        for article_id, url in linked:
            target_entry = world.entry_of(article_id)
            if target_entry is None or not world.alive(target_entry):
                found.setdefault(str(article_id), _gone(str(article_id), url))
    yield from found.values()


def _outcome(world: World, entry: int, kind: str, target: str) -> Record:
    return {
        "article_id": str(world.id_of(entry)),
        "url": url_of(world, entry),
        "kind": kind,
        "target_url": target,
    }


def _gone(article_id: str, url: str) -> Record:
    return {"article_id": article_id, "url": url, "kind": "gone", "target_url": HOME}
