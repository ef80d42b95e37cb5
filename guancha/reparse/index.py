"""Which captures of which articles the files hold: in a database on the disk, so memory stays flat."""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

SCHEMA = """
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    CREATE TABLE captures (
        article_id TEXT, url TEXT, date TEXT, digest BLOB, file INTEGER, "offset" INTEGER, record TEXT
    );
    CREATE TABLE notes (file INTEGER, record TEXT, note TEXT);
"""
INDEXES = """
    CREATE INDEX captures_article ON captures (article_id, date, url, digest);
    CREATE TABLE told AS SELECT file, record, min(note) AS note FROM notes GROUP BY file, record;
    CREATE INDEX told_record ON told (file, record);
    CREATE TABLE firsts AS SELECT article_id, min(date) AS first FROM captures GROUP BY article_id;
    CREATE INDEX firsts_first ON firsts (first, article_id);
"""


class Found(NamedTuple):
    """A capture of a page of an article, as the first pass has met it."""

    article_id: str
    url: str
    date: str
    """ISO 8601, UTC, to the microsecond: in order of time where it is sorted."""
    digest: bytes
    """Of the record's block: one that is there twice is one."""
    file: int
    """Number of the file where it can be read, below 0 for a copy."""
    offset: int
    record: str
    """Its WARC-Record-ID."""


class Told(NamedTuple):
    """A note on a capture, as JSON."""

    file: int
    record: str
    note: str


class Place(NamedTuple):
    """A capture, for who reads it."""

    url: str
    date: str
    file: int
    offset: int
    note: str | None


class Index:
    """A temporary database; raises sqlite3.Error where the disk is full."""

    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "index.sqlite3", isolation_level=None)
        self._database.executescript(SCHEMA)

    def add(self, captures: Iterable[Found], notes: Iterable[Told]) -> None:
        """Takes in what a process has found."""
        self._database.execute("BEGIN")
        self._database.executemany("INSERT INTO captures VALUES (?, ?, ?, ?, ?, ?, ?)", captures)
        self._database.executemany("INSERT INTO notes VALUES (?, ?, ?)", notes)
        self._database.execute("COMMIT")

    def close_up(self) -> tuple[int, int]:
        """Prepares it for being read; returns how many captures and articles there are."""
        self._database.executescript(INDEXES)
        query = "SELECT count(*) FROM (SELECT DISTINCT article_id, url, date, digest FROM captures)"
        (captures,) = self._database.execute(query).fetchone()
        (articles,) = self._database.execute("SELECT count(*) FROM firsts").fetchone()
        return int(captures), int(articles)

    def articles(self) -> Iterator[str]:
        """The articles in order of their first captures."""
        query = "SELECT article_id FROM firsts ORDER BY first, article_id"
        for (article_id,) in self._database.execute(query):
            yield str(article_id)

    def captures(self, article_id: str) -> list[Place]:
        """Those of an article in order of time, each once."""
        query = """
            SELECT url, date, digest, captures.file, "offset", note FROM captures
            LEFT JOIN told ON told.file = captures.file AND told.record = captures.record
            WHERE article_id = ? ORDER BY date, url, digest, note IS NULL, note, captures.file, "offset"
        """
        rows = self._database.execute(query, (article_id,))
        found = (next(same) for _, same in groupby(rows, key=lambda row: row[:3]))
        return [Place(url, date, file, offset, note) for url, date, _, file, offset, note in found]

    def close(self) -> None:
        """Lets it go."""
        self._database.close()
