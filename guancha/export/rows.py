"""The rows of a selection, one by one as the store hands them out."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, select

from guancha import urls
from guancha.exceptions import StoreError
from guancha.export.found_links import FoundLink, found_links
from guancha.export.selection import Selection
from guancha.store.schema import articles, comments, lines, posts
from guancha.streams import folders

AT_ONCE = 100
"""Rows that the database hands out at a time."""
MOST_ROWS, MOST_BYTES = 500, 4 * 1024 * 1024
"""Bounds of a batch, the second of its JSON."""

NEWEST = {
    "articles": (articles, "article_id"),
    "comments": (comments, "comment_id"),
    "posts": (posts, "post_id"),
}
"""Stream -> where the newest revision of a record stands, and by which key."""


@dataclass
class Row:
    """One record."""

    day: str
    """By which ``since`` and ``until`` judge it, ``YYYY-MM-DD``."""
    line: bytes
    """Its JSON with the end of line, exactly as it was committed."""

    @cached_property
    def record(self) -> dict[str, Any]:
        """The JSON, read. Raises StoreError for a line that is none."""
        try:
            record = json.loads(self.line)
        except (ValueError, RecursionError) as error:
            raise StoreError(
                f"the store holds a line that is no JSON: {self.line[:80]!r}"
            ) from error
        if not isinstance(record, dict):
            raise StoreError(f"the store holds a line that is no record: {self.line[:80]!r}")
        return record


def query(selection: Selection) -> Select[Any]:
    """All rows of the days wanted, in the order of the files, links by their URL."""
    chosen = found_links() if selection.stream == "links" else _lines(selection)
    day = chosen.selected_columns.day
    if selection.since:
        chosen = chosen.where(day >= selection.since.isoformat())
    if selection.until:
        chosen = chosen.where(day <= selection.until.isoformat())
    return chosen.execution_options(yield_per=AT_ONCE)


def count(connection: Connection, selection: Selection) -> int:
    """How many rows the query will give."""
    every = query(selection).order_by(None).subquery()
    return int(connection.scalar(select(func.count()).select_from(every)) or 0)


def rows(selection: Selection, found: Iterable[RowMapping]) -> Iterator[Row]:
    """What the query has found, without the sections that are not wanted."""
    for each in found:
        if selection.stream == "links":
            row = Row(each["day"], FoundLink.read(each).line)
        else:
            row = Row(each["day"], each["content"])
        if not selection.sections or _section(selection.stream, row) in selection.sections:
            yield row


def batches(found: Iterable[Row]) -> Iterator[list[Row]]:
    """The same, some at a time."""
    batch: list[Row] = []
    size = 0
    for row in found:
        batch.append(row)
        size += len(row.line)
        if len(batch) >= MOST_ROWS or size >= MOST_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _lines(selection: Selection) -> Select[Any]:
    # Not joined: a look at one row of a table for each line leaves the lines in the order of their index.
    is_article = selection.stream == "articles"
    url_day = select(articles.c.date).where(articles.c.article_id == lines.c.article_id)
    day = url_day.scalar_subquery() if is_article else lines.c.day
    chosen = select(day.label("day"), lines.c.content)
    chosen = chosen.where(lines.c.stream.in_(folders(selection.stream)))
    if selection.stream in NEWEST and not selection.all_revisions:
        table, key = NEWEST[selection.stream]
        newest = select(table.c.revision).where(table.c[key] == lines.c[key])
        chosen = chosen.where(lines.c.revision == newest.scalar_subquery())
    return chosen.order_by(lines.c.stream, lines.c.day, lines.c.offset)


def _section(stream: str, row: Row) -> str | None:
    """The slug that a record is filed under."""
    if stream in ("articles", "links"):
        section: str | None = row.record.get("section")
        return section
    url = str(row.record.get("url"))
    article = urls.find_article(url)
    return article.slug if article else urls.slug(url)
