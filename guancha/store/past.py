"""What an archive has heard of an article, as the answers that it may have heard it from."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, Self

from sqlalchemy import Connection, Row, select

from guancha.clock import stamp
from guancha.items import (
    Answer,
    Article,
    Author,
    Image,
    Item,
    Link,
    Outcome,
    Related,
    Topic,
    Video,
    Visit,
)
from guancha.revisions import Current
from guancha.store.schema import articles, lines, links
from guancha.store.states import DELETED, GONE, GONE_APART, PASSING
from guancha.targets import Target

RESTORED, LAYOUT = "restored", "layout"
STREAMS = ("articles", "outcomes")
"""Whose lines tell of an article; those of its comments are counted from elsewhere."""
_PARTS = {"authors": Author, "images": Image, "videos": Video, "links": Link, "related": Related}
_FIRST = {"revision": 1, "revision_cause": "first", "changed_fields": [], "near_duplicate_of": None}


@dataclass(frozen=True, slots=True)
class Event:
    """An answer of the site, and when it came."""

    date: datetime
    item: Item
    targets: Sequence[Target] = ()
    """As what the article has to be known before."""
    is_told: bool = False
    """Whether its outcome has a line already, however often it took to be told."""

    is_guess: bool = False
    """Whether there must have been such an answer, but nobody knows when."""

    @property
    def stamp(self) -> str:
        """When, as the records print it."""
        return stamp(self.date)


@dataclass(frozen=True)
class Past:
    """One article's."""

    row: Row[Any]
    contents: list[bytes]
    """Its lines, in the order in which they were written."""
    revisions: list[Current]
    """In order, each with the page that it was read from, as far as that is known."""
    outcomes: list[dict[str, Any]]
    addresses: list[Row[Any]]

    @classmethod
    def read(cls, connection: Connection, article_id: str) -> Self:
        """Of an article that somebody has named."""
        row: Row[Any] = connection.execute(
            select(articles).where(articles.c.article_id == article_id)
        ).one()
        ours = (lines.c.article_id == article_id) & lines.c.stream.in_(STREAMS)
        query = select(lines.c.stream, lines.c.content).where(ours).order_by(lines.c.line_id)
        found = connection.execute(query).all()
        told = [json.loads(content) for stream, content in found if stream == "outcomes"]
        records = [json.loads(content) for stream, content in found if stream == "articles"]
        known = _current(sorted(records, key=lambda each: each["revision"]), row)
        query = select(links).where(links.c.article_id == article_id).order_by(links.c.url)
        addresses: list[Row[Any]] = list(connection.execute(query))
        return cls(row, [content for _, content in found], known, told, addresses)

    @property
    def heard(self) -> str:
        """When it was heard of last; empty where it never was."""
        gone = (each.gone_at for each in self.addresses)
        told = (each["date_crawled"] for each in self.outcomes)
        had = (each.record["date_crawled"] for each in self.revisions)
        return str(max((self.row.checked or "", *(each or "" for each in gone), *told, *had)))

    @property
    def sorts(self) -> Counter[str]:
        """Cause of a revision or kind of an outcome -> its lines."""
        causes = (each.record["revision_cause"] for each in self.revisions)
        return Counter([*causes, *(told["kind"] for told in self.outcomes)])

    def events(self) -> Iterator[Event]:
        """Those that leave an archive as this one is."""
        for known in self.revisions:
            yield self._visit(known, known.record["date_crawled"])
        for when in self._sights():
            before = [each for each in self.revisions if each.record["date_crawled"] <= when]
            if before and before[-1].record["date_crawled"] != when:
                yield self._visit(before[-1], when)
        for told in self.outcomes:
            if told["kind"] == DELETED:
                yield from self._deletion(told)
            elif told["kind"] != RESTORED:
                yield _event(Outcome(**told))
        yield from self._counted()

    def _visit(self, known: Current, when: str) -> Event:
        is_newest = known is self.revisions[-1]
        kept = (self.row.etag, self.row.last_modified) if is_newest else (None, None)
        read = {**known.record, **_FIRST, "date_first_crawled": when, "date_crawled": when}
        return Event(
            datetime.fromisoformat(when), Visit(_article(read), Answer(known.page_hash, *kept))
        )

    def _sights(self) -> list[str]:
        """When it was seen as it had been, as far as that is known."""
        found = {self.row.checked} if self.row.revision else set()
        for told in self.outcomes:
            if told["kind"] in (DELETED, RESTORED):
                found.add(told["last_alive"])
            if told["kind"] == RESTORED:
                found.add(told["date_crawled"])
        return sorted(found - {None})

    def _deletion(self, told: Mapping[str, Any]) -> Iterator[Event]:
        """Each address has answered twice; the one that is named in the end."""
        last = _answer(told)
        others = [each.url for each in self.addresses if each.url != last.url]
        for url in (*others, last.url):
            yield _guess(replace(last, url=url))
        for url in (*others, last.url):
            yield _event(replace(last, url=url))

    def _counted(self) -> Iterator[Event]:
        """Answers that were counted against an address and not told."""
        for each in self.addresses:
            told = [o for o in self.outcomes if o["url"] == each.url and self._is_counted(o)]
            if not each.gone or any(o["kind"] == DELETED for o in self.outcomes[-1:]):
                continue
            like = _answer(told[-1]) if told else self._gone(each.url)
            if all(o["date_crawled"] != each.gone_at for o in told):
                yield _event(replace(like, date_crawled=each.gone_at))
            if each.gone > 1 and not told:
                yield _guess(replace(like, date_crawled=each.gone_at))

    def _is_counted(self, told: Mapping[str, Any]) -> bool:
        """Whether it counts against an address; of an article that was had, that nothing is there alone."""
        if self.revisions:
            return told["kind"] in (GONE, DELETED)
        return told["kind"] not in (RESTORED, LAYOUT, *PASSING)

    def _gone(self, url: str) -> Outcome:
        return Outcome(article_id=self.row.article_id, url=url, kind=GONE)


def _answer(told: Mapping[str, Any]) -> Outcome:
    """What the site has said, where more was made of it."""
    outcome = Outcome(**told)
    return replace(outcome, kind=GONE, last_alive=None) if outcome.kind == DELETED else outcome


def _event(outcome: Outcome) -> Event:
    return Event(datetime.fromisoformat(outcome.date_crawled), outcome, is_told=True)


def _guess(outcome: Outcome) -> Event:
    """The answer before one that was counted as the second."""
    before = datetime.fromisoformat(outcome.date_crawled) - GONE_APART
    earlier = replace(outcome, date_crawled=stamp(before))
    return Event(before, earlier, is_told=True, is_guess=True)


def _current(records: Sequence[dict[str, Any]], row: Row[Any]) -> list[Current]:
    """Each with a page of its own, but where only our rules have changed: then with that of the one before."""
    found: list[Current] = []
    for record in records:
        is_ours = bool(found) and record["revision_cause"] == "extraction"
        page = found[-1].page_hash if is_ours else f"revision {record['revision']}"
        found.append(Current(record, page, record["extractor_version"]))
    last = found[-1].page_hash if found else ""
    read = row.page_hash or last
    found = [replace(c, page_hash=read) if c.page_hash == last else c for c in found]
    return [*found[:-1], *(replace(c, extractor_version=row.extractor_version) for c in found[-1:])]


def _article(record: Mapping[str, Any]) -> Article:
    """A line as a record again; fields that this version does not know are left out."""
    names = {each.name for each in fields(Article)}
    values = {name: value for name, value in record.items() if name in names}
    for name, kind in _PARTS.items():
        values[name] = [kind(**each) for each in values[name]]
    values["topic"] = values["topic"] and Topic(**values["topic"])
    return Article(**values)
