"""Answers of the past come into the archive: they stand in its history where they belong.

What is later than all that is known of an article is added as ever. What is earlier changes what was said
since: the article's lines are taken out and written again, as if all had come in order of time.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, update

from guancha.items import Article, Item, Outcome, Record, Sighting, Visit
from guancha.jsonlines import line
from guancha.store import found
from guancha.store.commits import commit
from guancha.store.parting import Parted
from guancha.store.past import STREAMS, Event, Past
from guancha.store.removal import remove
from guancha.store.schema import articles, lines, links, near_keys, states, stubs
from guancha.store.scope import Scope
from guancha.store.states import ERASED, GONE_APART, PENDING
from guancha.store.transaction import Transaction
from guancha.targets import Target

RENEWED = ("near_duplicate_of", "alternate_urls")
"""Fields that depend on what else is in the archive: they alone are no reason to write anything again."""
KEPT = ("url", "checked", "etag", "last_modified", "page_hash", "extractor_version")
_BEFORE = {"state": PENDING, "revision": 0, "tries": 0} | dict.fromkeys(
    (
        *("published", "first_crawled", "checked", "next_check", "etag", "last_modified"),
        *("text_hash", "page_hash", "extractor_version", "is_complete"),
    )
)


@dataclass
class Added:
    """What became of the answers for some articles."""

    written: Counter[str] = field(default_factory=Counter)
    """Cause of a revision or kind of an outcome -> lines that were not there before."""
    erased: int = 0
    """Articles that are erased: nothing of them is taken in."""
    renewed: int = 0
    """Articles whose lines were written again."""


def add(
    connection: Connection, histories: Sequence[Sequence[Event]], max_tries: int, done: Added
) -> None:
    """Takes in answers, an article after the other, each in order of time; files are left to ``settle``."""
    for events in histories:
        named: set[Target] = set()
        for event in events:
            admit(connection, event, named)
        if events:
            _add(connection, events, max_tries, done)


def admit(connection: Connection, event: Event, named: set[Target]) -> None:
    """Notes as what its article has to be known, but for what was ``named`` before."""
    fresh = [target for target in event.targets if target not in named]
    named.update(fresh)
    if fresh:
        found.admit(connection, fresh, found.NEARBY, Scope(), event.stamp)


def _add(connection: Connection, events: Sequence[Event], max_tries: int, done: Added) -> None:
    past = Past.read(connection, article_id(events[0].item))
    if past.row.state == ERASED:
        done.erased += 1
        return
    parted = Parted.of(events, past)
    if not parted.earlier:
        done.written.update(map(_sort, _commit(connection, parted.later, max_tries)))
        return
    known = Counter(map(_bare, past.contents))
    with connection.begin_nested() as attempt:
        records = _anew(connection, past, parted, max_tries)
        fresh = Counter(map(_told, records)) - known
        if len(records) == known.total() and not fresh:
            attempt.rollback()
            return
    done.written += Counter(map(_sort, records)) - past.sorts
    done.renewed += 1


def _anew(connection: Connection, past: Past, parted: Parted, max_tries: int) -> list[Record]:
    """Takes out what an article has, and takes all of it in again, in order of time."""
    this, ours = past.row.article_id, [each.url for each in past.addresses]
    remove(connection, (lines.c.article_id == this) & lines.c.stream.in_(STREAMS))
    for table in (stubs, near_keys):
        connection.execute(delete(table).where(table.c.article_id == this))
    connection.execute(delete(states).where(states.c.url.in_(ours)))
    same = articles.c.article_id == this
    connection.execute(update(articles).where(same).values(**_BEFORE))
    counted = update(links).where(links.c.article_id == this)
    connection.execute(counted.values(gone=0, gone_at=None))
    records = _commit(connection, _merged(past, parted), max_tries)
    if past.revisions and not parted.later:
        # What was heard last, and how to ask for it again, has not changed.
        kept = {name: past.row._mapping[name] for name in KEPT}
        connection.execute(update(articles).where(same).values(**kept))
    return records


def _merged(past: Past, parted: Parted) -> list[Event]:
    """In order of time; at one moment what was known comes first."""
    fresh = [*parted.earlier, *parted.same, *parted.later]
    seen = {
        (e.item.article.date_crawled, e.item.article.content_hash)
        for e in fresh
        if isinstance(e.item, Visit)
    }
    had = {each.record["date_crawled"] for each in past.revisions}
    known = [
        event
        for event in past.events()
        # A visit is better than that it was seen unchanged then.
        if not isinstance(event.item, Visit)
        or event.stamp in had
        or (event.stamp, event.item.article.content_hash) not in seen
    ]
    ranked = [(0, each) for each in known] + [(1, each) for each in fresh]
    ranked.sort(key=lambda each: (each[1].stamp, each[0], each[1].date))
    merged = [event for _, event in ranked]
    return [each for each in merged if not each.is_guess or not _is_known(each, merged)]


def _is_known(guess: Event, merged: Sequence[Event]) -> bool:
    """Whether there is an answer for what was guessed: since the last visit, and before the next answer."""
    assert isinstance(guess.item, Outcome)
    visits = (e.date for e in merged if isinstance(e.item, Visit) and e.date < guess.date)
    alive = max(visits, default=None)
    return any(
        isinstance(each.item, Outcome)
        and each.item.url == guess.item.url
        and not each.is_guess
        and (alive is None or alive < each.date)
        and each.date < guess.date + GONE_APART
        for each in merged
    )


def _commit(connection: Connection, events: Sequence[Event], max_tries: int) -> list[Record]:
    records: list[Record] = []
    for event in events:
        tries = 1 if event.is_told else max_tries
        transaction = Transaction(connection, event.date, tries, is_past=True)
        commit(transaction, event.item)
        records += transaction.records
    return records


def article_id(item: Item) -> str:
    """The article that an answer is for."""
    if isinstance(item, Visit):
        return item.article.article_id
    assert isinstance(item, Outcome | Sighting)
    return str(item.article_id)


def _sort(record: Record) -> str:
    """Cause of a revision, kind of an outcome."""
    assert isinstance(record, Article | Outcome)
    return record.revision_cause if isinstance(record, Article) else record.kind


def _told(record: Record) -> str:
    return _bare(line(record))


def _bare(content: bytes) -> str:
    """A line without what depends on other articles."""
    kept = {name: each for name, each in json.loads(content).items() if name not in RENEWED}
    return json.dumps(kept, sort_keys=True)
