"""Small invented comments for the store."""

from datetime import datetime
from typing import Any

from guancha.clock import stamp
from guancha.items import Comment, Counts, Outcome, Thread
from guancha.urls import comments
from tests.store.conftest import NOW


def comment(number: int, at: datetime = NOW, **fields: Any) -> Comment:
    record = Comment(
        comment_id=str(number),
        article_id="1",
        doc_id="11",
        text=f"第{number}条",
        date_published="2026-10-05T05:00+08:00",
        date_published_raw="15小时前",
        reader_id="r1",
        praise_count=1,
        tread_count=0,
        reply_count=0,
        date_first_crawled=stamp(at),
        date_crawled=stamp(at),
        extractor_version="1",
    )
    for name, value in fields.items():
        setattr(record, name, value)
    return record


def counts(number: int | None, at: datetime = NOW, **fields: Any) -> Counts:
    record = Counts(article_id="1", doc_id="11", comment_count=number, date_crawled=stamp(at))
    for name, value in fields.items():
        setattr(record, name, value)
    return record


def thread(*found: Comment, **others: Any) -> Thread:
    return Thread("1", list(found), **others)


def told(kind: str) -> Outcome:
    return Outcome(
        stream="comments", article_id="1", url=comments("11"), kind=kind, date_crawled=stamp(NOW)
    )
