"""Test cases of pages: a folder ``<page>/<case>`` with the page, where and when it was had, what it yields."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from guancha import clock, saved, urls
from guancha.urls import Kind

PAGE, META, EXPECTED = "page.html", "meta.json", "expected.json"


def write(root: Path, name: str, body: bytes, url: str, date: datetime) -> Path:
    """Makes a case below ``root`` and returns its folder; raises FileExistsError for one that is there.

    Raises UrlError for what is no URL, PageError for a listing that is no page.
    """
    kind = "article" if urls.find_article(urls.absolute(url)) else "listing"
    meta = {"url": url, "date": clock.stamp(date)}
    content = dump(_yielded(body, **meta))
    folder = root / kind / name
    folder.mkdir(parents=True)
    (folder / PAGE).write_bytes(body)
    (folder / META).write_text(dump(meta), "utf-8")
    (folder / EXPECTED).write_text(content, "utf-8")
    return folder


def yielded(folder: Path) -> Any:
    """What the page of a case yields today, in the form of its ``expected.json``."""
    meta = json.loads((folder / META).read_text("utf-8"))
    return _yielded((folder / PAGE).read_bytes(), **meta)


def _yielded(body: bytes, url: str, date: str) -> Any:
    moment = datetime.fromisoformat(date)
    match urls.kind(urls.absolute(url)):
        case Kind.ARTICLE:
            return asdict(saved.record(body, url, moment))
        case Kind.POST:
            return asdict(saved.post(body, url, moment))
        case Kind.OTHER:
            return [asdict(entry) for entry in saved.posts(body)]
        case _:
            return [entry.fields() for entry in saved.links(body, url, moment)]


def dump(value: Any) -> str:
    """As ``expected.json`` has it."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
