"""What a reader sees of an article, from the facts alone: the fields that make the content hash."""

import json
import re
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from replica.articles import DISCLAIMER, SUPPORT, Facts
from replica.blocks import Byline, Notice, Picture, Player
from replica.places import Person

Record = dict[str, Any]


def content_of(article: Facts) -> Record:
    """The fields by name; the topic is a name here."""
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


def content_hash(content: Record) -> str:
    """``1:`` and the SHA-256 of the content; of addresses, only the paths of pictures count."""
    images = [
        {"path": _path(image["url"]), "caption": image["caption"]} for image in content["images"]
    ]
    notices = [re.sub(r"https?://\S+", "", notice) for notice in content["notices"]]
    authors = [{**author, "url": None} for author in content["authors"]]
    plain = {**content, "authors": authors, "images": images, "notices": notices}
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True)
    return "1:" + sha256(text.encode()).hexdigest()


def _path(url: str) -> str:
    return re.split(r"[!?]", urlsplit(url).path)[0]
