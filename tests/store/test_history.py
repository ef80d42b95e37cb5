"""Answers of the past: they stand in an article's history where their time is, in whatever order they come."""

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from guancha.clock import stamp
from guancha.items import Answer, Outcome, Related, Sighting
from guancha.store.erase import erase
from guancha.store.history import RENEWED
from guancha.store.past import Event
from guancha.store.projection import file_name
from guancha.store.schema import articles, lines, threads
from guancha.store.scope import Scope
from guancha.store.store import Store
from tests.store.conftest import NOW, Opened, later, written
from tests.store.records import URL, gone, target, visit
from tests.store.samples import files

NUMBER = 1


def seen(
    days: float, text: str = "正文。", version: str = "2", slug: str = "CaiJing", **more: Any
) -> Event:
    """A visit, some days from now."""
    date = later(days=days)
    when = {"date_crawled": stamp(date), "date_first_crawled": stamp(date)}
    read = visit(NUMBER, text, f"page {days}", extractor_version=version, **when, **more)
    url = URL.format(slug, NUMBER)
    read.article = replace(read.article, url=url, section=slug)
    return Event(date, read, [target(NUMBER, slug)])


def missing(days: float, slug: str = "CaiJing") -> Event:
    date = later(days=days)
    said: Outcome = replace(gone(NUMBER, slug), date_crawled=stamp(date))
    return Event(date, said, [target(NUMBER, slug)])


def told(store: Store) -> list[tuple[Any, ...]]:
    """Its history in short, in order of time."""
    records = [*written(store, "articles"), *written(store, "outcomes")]
    short = [
        (
            round((datetime.fromisoformat(each["date_crawled"]) - NOW).total_seconds() / 86400, 2),
            each.get("text", each.get("kind")),
            each.get("revision_cause"),
            each.get("revision"),
        )
        for each in records
    ]
    return sorted(short, key=lambda each: (each[0], each[3] or 0))


def bare(store: Store) -> list[str]:
    """All lines without what depends on what else is there, sorted."""
    records = [*written(store, "articles"), *written(store, "outcomes")]
    kept = ({n: v for n, v in each.items() if n not in RENEWED} for each in records)
    return sorted(json.dumps(each, ensure_ascii=False, sort_keys=True) for each in kept)


def add(store: Store, *events: Event) -> None:
    store.add_past([sorted(events, key=lambda event: event.date)])
    store.settle()
    assert held(store) == as_stored(store)


def held(store: Store) -> dict[str, bytes]:
    """The files that are not empty."""
    return {name: each for name, each in files(store.projection.root).items() if each}


def as_stored(store: Store) -> dict[str, bytes]:
    """What they should hold."""
    found: dict[str, bytes] = {}
    query = select(lines).order_by(lines.c.offset)
    with store.engine.connect() as connection:
        for row in connection.execute(query):
            name = file_name(row.stream, row.day)
            assert len(found.get(name, b"")) == row.offset
            found[name] = found.get(name, b"") + row.content
    return found


def test_an_earlier_answer_becomes_an_earlier_revision(opened: Opened) -> None:
    store = opened()
    add(store, seen(3, "新。"))
    add(store, seen(0, "旧。"), seen(1, "旧。"))

    assert told(store) == [(0, "旧。", "first", 1), (3, "新。", "edit", 2)]
    first, second = sorted(written(store, "articles"), key=lambda each: each["revision"])
    assert {first["date_first_crawled"], second["date_first_crawled"]} == {stamp(NOW)}
    assert second["changed_fields"] == ["paragraphs"]


def test_the_same_content_earlier_is_an_earlier_date_and_nothing_else(opened: Opened) -> None:
    store = opened()
    add(store, seen(0, "甲。"), seen(3, "乙。"))
    add(store, seen(1, "甲。"), seen(2, "乙。"))

    assert told(store) == [(0, "甲。", "first", 1), (2, "乙。", "edit", 2)]


def test_what_was_seen_last_stays_the_last(opened: Opened) -> None:
    store = opened()
    add(store, seen(0, "甲。"), seen(6, "甲。"))
    add(store, seen(3, "乙。"))

    assert told(store) == [
        (0, "甲。", "first", 1),
        (3, "乙。", "edit", 2),
        (6, "甲。", "edit", 3),
    ]


def test_twice_is_once(opened: Opened) -> None:
    store = opened()
    events = [seen(0, "甲。"), seen(1, "乙。"), missing(2), missing(3), seen(4, "乙。"), missing(5)]
    add(store, *events)
    before = files(store.projection.root)
    add(store, *events)
    add(store, *events[2:5])

    assert files(store.projection.root) == before
    assert [each[1] for each in told(store)] == ["甲。", "乙。", "deleted", "restored"]


def test_a_crawl_that_comes_later_goes_on_from_there(opened: Opened) -> None:
    store = opened()
    add(store, seen(3, "乙。"))
    add(store, seen(0, "甲。"))
    store.commit(seen(4, "丙。").item, later(days=4))

    assert told(store)[-1] == (4, "丙。", "edit", 3)
    assert held(store) == as_stored(store)


def test_better_rules_make_a_revision_of_the_newest_answer_alone(opened: Opened) -> None:
    store = opened()
    old = [seen(0, "甲", "1"), seen(2, "甲", "1"), seen(4, "乙", "1"), seen(6, "乙", "1")]
    add(store, *old)
    # Better rules find the full stop in all of them.
    better = [seen(0, "甲。"), seen(2, "甲。"), seen(4, "乙。"), seen(6, "乙。")]
    add(store, *better)

    expected = [(0, "甲", "first", 1), (4, "乙", "edit", 2), (6, "乙。", "extraction", 3)]
    assert told(store) == expected
    before = files(store.projection.root)
    add(store, *better)
    add(store, *better[:2])
    assert files(store.projection.root) == before


def test_an_edit_that_nobody_saw_is_one_under_better_rules_too(opened: Opened) -> None:
    store = opened()
    add(store, seen(0, "甲", "1"), seen(4, "乙", "1"))
    add(store, seen(0, "甲。"), seen(2, "丙。"), seen(4, "乙。"))

    assert told(store) == [
        (0, "甲", "first", 1),
        (2, "丙。", "edit", 2),
        (4, "乙", "edit", 3),
        (4, "乙。", "extraction", 4),
    ]


def test_under_better_rules_a_part_of_the_answers_invents_no_edit(opened: Opened) -> None:
    store = opened()
    add(store, seen(0, "甲", "1"), seen(2, "甲", "1"), seen(4, "甲", "1"))
    add(store, seen(2, "甲。"))
    add(store, seen(2, "甲。"), seen(4, "甲。"))

    assert told(store) == [(0, "甲", "first", 1), (4, "甲。", "extraction", 2)]


def test_a_piece_that_was_cut_is_whole_when_all_its_pages_are_there(opened: Opened) -> None:
    store = opened()
    add(store, seen(0, "甲。", is_complete=False))
    add(store, seen(0, "甲。乙。"))

    assert told(store) == [(0, "甲。", "first", 1), (0, "甲。乙。", "recovered", 2)]


def test_two_answers_of_a_second_are_two_whenever_they_come(opened: Opened) -> None:
    store = opened()
    one, other = seen(0, "甲。"), seen(0, "乙。")
    add(store, one)
    add(store, other)
    before = files(store.projection.root)
    add(store, one, other)

    assert told(store) == [(0, "甲。", "first", 1), (0, "乙。", "edit", 2)]
    assert files(store.projection.root) == before


def test_an_odd_page_is_not_told_again_when_the_article_is_gone(opened: Opened) -> None:
    store = opened()
    odd = replace(missing(1).item, kind="layout")  # type: ignore[type-var]
    events = [seen(0, "甲。"), replace(missing(1), item=odd), seen(2, "乙。"), missing(3)]
    for _ in range(2):
        add(store, *events)

    assert [each[:2] for each in told(store)] == [(0, "甲。"), (1, "layout"), (2, "乙。")]


def test_what_an_earlier_answer_adds_is_counted_and_not_what_it_moves(opened: Opened) -> None:
    store = opened()
    add(store, seen(3, "乙。"), seen(4, "丙。"))
    added = store.add_past([[seen(0, "甲。")]])

    assert (dict(added.written), added.renewed) == ({"edit": 1}, 1)


def test_the_same_rules_change_nothing_that_was_read_with_more(opened: Opened) -> None:
    store = opened()
    whole = seen(0, "甲。乙。")
    add(store, whole)
    add(store, seen(0, "甲。", is_complete=False), seen(1, "甲。", is_complete=False))

    assert told(store) == [(0, "甲。乙。", "first", 1)]


def test_a_deletion_that_was_told_stays_told(opened: Opened) -> None:
    store = opened()
    add(store, seen(1, "乙。"), missing(2), missing(3))
    add(store, seen(0, "甲。"))

    assert [each[:2] for each in told(store)] == [(0, "甲。"), (1, "乙。"), (3, "deleted")]
    (deleted,) = written(store, "outcomes")
    assert deleted["last_alive"] == stamp(later(days=1))


def test_one_never_had_was_had_before_it_was_gone(opened: Opened) -> None:
    store = opened()
    add(store, missing(2), missing(3))
    assert [each[1] for each in told(store)] == ["gone"]
    add(store, seen(0, "甲。"))

    assert [each[:2] for each in told(store)] == [(0, "甲。"), (3, "deleted")]


def test_what_is_erased_stays_erased(opened: Opened, url: str | None, tmp_path: Path) -> None:
    store = opened()
    add(store, seen(1))
    store.close()
    erase(url, tmp_path / "data", str(NUMBER), "", NOW)
    store = opened()

    assert store.add_past([[seen(0), seen(2)]]).erased == 1
    store.settle()
    assert told(store) == []


def test_what_was_taken_in_is_there_after_a_death_before_the_files(opened: Opened) -> None:
    store = opened()
    add(store, seen(3, "乙。"))
    store.add_past([[seen(0, "甲。")]])
    # Not settled: as if it had been killed.
    store = opened()

    assert [each[1] for each in told(store)] == ["甲。", "乙。"]
    assert held(store) == as_stored(store)


def test_all_or_nothing(opened: Opened) -> None:
    store = opened()
    add(store, seen(3, "乙。"))
    before = as_stored(store)
    unknown = Event(NOW, Sighting("999", URL.format("CaiJing", 999), stamp(NOW)))

    with pytest.raises(Exception, match=r"No row"):
        store.add_past([[seen(0, "甲。")], [unknown]])
    assert as_stored(store) == before


def test_numbers_beside_links_are_not_those_of_the_past(opened: Opened) -> None:
    store = opened()
    beside = Related("hot", "7", URL.format("x", 7), "题", None, None, 41)
    store.admit([target(NUMBER)], Scope(), NOW)
    store.commit(seen(3, related=[beside]).item, later(days=3))
    add(store, seen(0, "甲。", related=[replace(beside, comment_count=2)]))

    with store.engine.connect() as connection:
        assert connection.scalar(select(threads.c.comment_count)) == 41


def test_how_to_ask_again_is_what_was_heard_last(opened: Opened) -> None:
    store = opened()
    event = seen(3, "乙。")
    event.item.answer = Answer("page 3", '"newest"')  # type: ignore[union-attr]
    add(store, event)
    add(store, seen(0, "甲。", slug="economy"))

    with store.engine.connect() as connection:
        row = connection.execute(select(articles)).one()
    assert (row.etag, row.checked, row.url) == (
        '"newest"',
        stamp(later(days=3)),
        URL.format("CaiJing", NUMBER),
    )
    assert {each["url"] for each in written(store, "articles")} == {URL.format("economy", NUMBER)}


def invented(chance: random.Random) -> list[Event]:
    """Some answers, half a day apart: three contents, and now and then nothing."""
    days = sorted(chance.sample(range(40), chance.randint(2, 8)))
    kinds = chance.choices("甲乙丙-", k=len(days))
    return [
        missing(day / 2) if kind == "-" else seen(day / 2, kind)
        for day, kind in zip(days, kinds, strict=True)
    ]


def parts(chance: random.Random, events: Sequence[Event]) -> list[list[Event]]:
    cut = [chance.randrange(2) for _ in events]
    return [[e for e, n in zip(events, cut, strict=True) if n == which] for which in (0, 1)]


def history(root: Path, *some: Sequence[Event]) -> list[str]:
    """What a new archive says after these, in this order."""
    store = Store(None, root)
    for each in some:
        add(store, *each)
    try:
        return bare(store)
    finally:
        store.close()


@pytest.mark.parametrize("seed", range(8))
def test_the_later_days_first_or_last_are_one_history(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    events = invented(chance)
    cut = chance.randint(1, len(events) - 1)

    whole = history(tmp_path / "whole", events)
    assert history(tmp_path / "forth", events[:cut], events[cut:]) == whole
    assert history(tmp_path / "back", events[cut:], events[:cut]) == whole


@pytest.mark.parametrize("seed", range(8))
def test_once_all_are_there_it_is_one_history(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    events = [each for each in invented(chance) if not isinstance(each.item, Outcome)]
    one, two = parts(chance, events)

    # That an article was seen unchanged in between is not kept: only its answer can tell again.
    assert history(tmp_path / "bits", one, two, events) == history(tmp_path / "whole", events)


@pytest.mark.parametrize("seed", range(8))
def test_again_in_any_order_changes_nothing(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    events = invented(chance)
    store = Store(None, tmp_path / "data")
    add(store, *events)
    before = files(store.projection.root)
    for each in (*parts(chance, events), events):
        add(store, *each)
        assert files(store.projection.root) == before
    store.close()
