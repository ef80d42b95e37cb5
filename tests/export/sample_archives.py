"""Archives of invented records, put into the tables as a crawl would."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, func, insert, select, update

from guancha.items import Article, Author, Image, Link, Outcome, Related, Topic, Video
from guancha.jsonlines import line
from guancha.store.engine import open_engine
from guancha.store.schema import archive, articles, lines, links
from guancha.store.upgrade import upgrade
from tests.store.records import URL, article

FOUND = "2026-10-04T08:00:00+08:00"


@dataclass
class Archive:
    """A store that a crawl has left."""

    url: str | None
    data: Path
    engine: Engine
    id: str

    def add(self, *records: Article | Outcome) -> None:
        """Commits records, all at once, each behind what its file has."""
        ends: dict[tuple[str, str], int] = {}
        with self.engine.begin() as connection:
            for record in records:
                stream = "articles" if isinstance(record, Article) else "outcomes"
                day = record.date_crawled[:10]
                if (stream, day) not in ends:
                    size = func.coalesce(func.sum(func.length(lines.c.content)), 0)
                    there = (lines.c.stream == stream) & (lines.c.day == day)
                    ends[stream, day] = connection.scalar(select(size).where(there)) or 0
                values = {
                    "stream": stream,
                    "day": day,
                    "offset": ends[stream, day],
                    "article_id": record.article_id,
                    "content": line(record),
                }
                ends[stream, day] += len(line(record))
                if isinstance(record, Article):
                    values["revision"] = record.revision
                    self._know(connection, record)
                connection.execute(insert(lines).values(**values))

    def link(self, url: str, article_id: str, **fields: Any) -> None:
        """Notes an address."""
        with self.engine.begin() as connection:
            values = {"url": url, "article_id": article_id, "found": FOUND, "gone": 0} | fields
            connection.execute(insert(links).values(**values))

    def state(self, number: int, state: str) -> None:
        with self.engine.begin() as connection:
            same = articles.c.article_id == str(number)
            connection.execute(update(articles).where(same).values(state=state))

    def _know(self, connection: Any, record: Article) -> None:
        same = articles.c.article_id == record.article_id
        known = update(articles).where(same).values(revision=record.revision)
        if not connection.execute(known).rowcount:
            values = {
                "article_id": record.article_id,
                "state": "alive",
                "url": record.url,
                "date": record.date,
                "hops": 0,
                "tries": 0,
                "revision": record.revision,
                "first_crawled": record.date_first_crawled,
                "checked": record.date_crawled,
            }
            connection.execute(insert(articles).values(**values))


def create(url: str | None, data: Path) -> Archive:
    """A new, empty one."""
    data.mkdir(parents=True, exist_ok=True)
    engine = open_engine(url, data)
    archive_id = uuid4().hex
    with engine.begin() as connection:
        upgrade(connection)
        connection.execute(insert(archive).values(id=archive_id))
    return Archive(url, data, engine, archive_id)


def full(number: int) -> Article:
    """An article with something in every field."""
    return article(
        number,
        '第一段。\n\n第二段 "引用"。',
        alternate_urls=[URL.format("ZhengZhi", number)],
        list_title="列表标题",
        original_title="原标题",
        date_published="2026-10-04T16:19+08:00",
        date_published_raw="2026-10-04 16:19",
        date_modified="2026-10-05T01:02:03+08:00",
        date_modified_raw="最后更新: 2026-10-05 01:02:03",
        source="某社",
        byline="【文/张三】",
        authors=[Author("张三", "author", role_raw="文"), Author("李四", "translator")],
        editor="王五",
        description="简介",
        tags=["甲", "乙"],
        topic=Topic("专题", "ZhuanTi", "https://www.guancha.cn/ZhuanTi"),
        paragraphs=["第一段。", '第二段 "引用"。'],
        subheadings=["第一段。"],
        images=[Image("https://i.guancha.cn/a.jpg", None, 0)],
        videos=[Video("https://v.guancha.cn/a.mp4", "片", 1)],
        links=[Link("旧文", URL.format("CaiJing", 1), 1)],
        image="https://i.guancha.cn/b.jpg",
        notices=["本文系独家稿件"],
        is_exclusive=True,
        page_count=2,
        is_complete=False,
        related=[
            Related("hot", "7", URL.format("x", 7), "甲", "2019-09-07T08:57+08:00", None, 3),
            Related("topic", "8", URL.format("x", 8), "乙", "2019-09-06", "专题", None),
        ],
        doc_id="123",
        comment_count=0,
        view_count=2**40,
        collect_count=1,
        counts_at="2026-10-05T20:00:00+08:00",
        text_hash="ab",
        near_duplicate_of="5",
        changed_fields=["title", "text"],
    )
