"""Which records a selection has, in which order, on both databases."""

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, text, update

from guancha.exceptions import StoreError
from guancha.export.rows import MOST_BYTES, MOST_ROWS, Row, batches, count, query, rows
from guancha.export.selection import Selection
from guancha.items import Article, Outcome
from guancha.jsonlines import line
from guancha.store.reading import snapshot
from guancha.store.schema import lines
from tests.export.sample_archives import FOUND, Archive
from tests.store.records import URL, article, outcome


def selected(archive: Archive, stream: str = "articles", **options: Any) -> list[Row]:
    selection = Selection.parse(stream, **options)
    with snapshot(archive.engine) as connection:
        return list(rows(selection, connection.execute(query(selection)).mappings()))


def ids(found: list[Row]) -> list[tuple[str, int]]:
    return [(row.record["article_id"], row.record["revision"]) for row in found]


def dated(number: int, day: str, section: str = "CaiJing", **fields: Any) -> Article:
    url = URL.format(section, number).replace("2026_10_04", day.replace("-", "_"))
    return article(number, url=url, date=day, section=section, **fields)


@pytest.fixture
def revised(archive: Archive) -> Archive:
    """Two articles with revisions, of which one is of an older day than what was there before."""
    first = article(1, date_crawled="2026-10-05T00:00:01+08:00")
    archive.add(first, article(2, date_crawled="2026-10-05T00:00:02+08:00"))
    archive.add(article(1, "二", revision=2, date_crawled="2026-10-04T23:59:59+08:00"))
    archive.add(outcome(9, "gone"), article(1, "三", revision=3))
    return archive


def test_all_revisions_are_the_files_byte_for_byte(revised: Archive) -> None:
    in_files = select(lines.c.content).where(lines.c.stream == "articles")
    with revised.engine.connect() as connection:
        files = connection.scalars(in_files.order_by(lines.c.day, lines.c.offset)).all()

    found = selected(revised, all_revisions=True)
    assert b"".join(row.line for row in found) == b"".join(files)
    assert ids(found) == [("1", 2), ("1", 1), ("2", 1), ("1", 3)]


def test_the_newest_revision_is_the_default(revised: Archive) -> None:
    assert ids(selected(revised)) == [("2", 1), ("1", 3)]
    assert ids(selected(revised, all_revisions=False)) == [("2", 1), ("1", 3)]


def test_the_day_of_an_article_is_that_of_its_url(archive: Archive) -> None:
    for number, day in enumerate(("2019-09-07", "2026-10-03", "2026-10-04", "2026-10-05")):
        archive.add(dated(number, day))

    assert [row.day for row in selected(archive, since="2026-10-04")] == [
        "2026-10-04",
        "2026-10-05",
    ]
    assert [row.day for row in selected(archive, until="2026-10-03")] == [
        "2019-09-07",
        "2026-10-03",
    ]
    same_day = selected(archive, since="2026-10-03", until="2026-10-03", all_revisions=True)
    assert [row.day for row in same_day] == ["2026-10-03"]


def test_the_day_of_an_outcome_is_that_on_which_it_was_crawled(archive: Archive) -> None:
    for number, day in enumerate(("2026-10-04", "2026-10-05")):
        archive.add(replace(outcome(number, "gone"), date_crawled=f"{day}T23:59:59+08:00"))

    found = selected(archive, "outcomes", since="2026-10-05")
    assert [row.record["article_id"] for row in found] == ["1"]


def test_sections(archive: Archive) -> None:
    archive.add(dated(1, "2026-10-04", "CaiJing"), dated(2, "2026-10-04", "GuoJi·ZhanLue"))
    archive.add(outcome(3, "gone", "CaiJing"), outcome(4, "gone", "WangWu"))
    listing = "https://www.guancha.cn/column/CaiJing"
    archive.add(Outcome(url=listing, kind="layout", date_crawled="2026-10-05T20:00:00+08:00"))
    archive.link(URL.format("CaiJing", 1), "1")
    archive.link(URL.format("GuoJi%C2%B7ZhanLue", 2), "2")

    assert ids(selected(archive, section="GuoJi·ZhanLue")) == [("2", 1)]
    assert ids(selected(archive, section="WangWu,CaiJing")) == [("1", 1)]
    outcomes = selected(archive, "outcomes", section="CaiJing")
    assert [row.record["article_id"] for row in outcomes] == ["3", None]
    found = selected(archive, "links", section="GuoJi·ZhanLue")
    assert [row.record["article_id"] for row in found] == ["2"]


def test_a_deleted_article_is_exported_and_an_erased_one_is_not(archive: Archive) -> None:
    archive.add(article(1), article(2))
    for number in (1, 2):
        archive.link(URL.format("CaiJing", number), str(number))
    archive.state(1, "deleted")
    archive.state(2, "erased")
    with archive.engine.begin() as connection:
        connection.execute(lines.delete().where(lines.c.article_id == "2"))

    assert ids(selected(archive)) == ids(selected(archive, all_revisions=True)) == [("1", 1)]
    found = selected(archive, "links")
    assert [(row.record["article_id"], row.record["state"]) for row in found] == [("1", "deleted")]


def test_a_link_says_what_became_of_it(archive: Archive) -> None:
    archive.add(article(1))
    archive.link(URL.format("CaiJing", 1), "1")
    other = {
        "found": "2026-10-05T09:00:00+08:00",
        "gone": 2,
        "gone_at": "2026-10-05T10:00:00+08:00",
    }
    archive.link(URL.format("WangWu", 1), "1", **other)

    first, second = (row.record for row in selected(archive, "links"))
    assert first == {
        "url": URL.format("CaiJing", 1),
        "article_id": "1",
        "section": "CaiJing",
        "date": "2026-10-04",
        "date_found": FOUND,
        "state": "alive",
        "hops": 0,
        "origin": None,
        "list_title": None,
        "tries": 0,
        "revision": 1,
        "date_first_crawled": "2026-10-05T20:00:00+08:00",
        "date_checked": "2026-10-05T20:00:00+08:00",
        "date_next_check": None,
        "gone": 0,
        "date_gone": None,
    }
    assert (second["section"], second["gone"], second["date_gone"]) == (
        "WangWu",
        2,
        "2026-10-05T10:00:00+08:00",
    )
    days = [row.day for row in selected(archive, "links", since="2026-10-05")]
    assert days == ["2026-10-05"]


def test_the_rows_are_counted_without_being_read(revised: Archive) -> None:
    with snapshot(revised.engine) as connection:
        assert count(connection, Selection.parse("articles")) == 2
        assert count(connection, Selection.parse("articles", all_revisions=True)) == 4
        assert count(connection, Selection.parse("outcomes", until="2026-10-04")) == 0
        assert count(connection, Selection.parse("links")) == 0


@pytest.mark.parametrize("options", [{}, {"all_revisions": True}, {"since": "2026-10-01"}])
def test_lines_come_in_the_order_of_their_index(simple: Archive, options: dict[str, Any]) -> None:
    # A sort would hold all records before it gives the first.
    for stream in ("articles", "outcomes", "links"):
        statement = query(Selection.parse(stream, **(options if stream == "articles" else {})))
        words = statement.compile(simple.engine, compile_kwargs={"literal_binds": True})
        with simple.engine.connect() as connection:
            plan = connection.execute(text(f"EXPLAIN QUERY PLAN {words}")).all()
        assert "TEMP B-TREE" not in str(plan)


def test_a_line_that_is_no_record_is_an_error_in_words(archive: Archive) -> None:
    archive.add(article(1))
    for content in (b"{broken\n", b"[]\n", b"[" * 10**6, b"\xff\n"):
        with archive.engine.begin() as connection:
            connection.execute(update(lines).values(content=content))
        (row,) = selected(archive)
        assert row.line == content
        with pytest.raises(StoreError, match="the store holds a line that is no"):
            selected(archive, section="CaiJing")


def test_batches_are_bounded_and_lose_nothing() -> None:
    short = Row("2026-10-04", json.dumps({"a": 1}).encode())
    long = Row("2026-10-04", b" " * MOST_BYTES)
    found = list(batches([short] * (2 * MOST_ROWS + 1) + [long, short, long]))

    assert [len(batch) for batch in found] == [MOST_ROWS, MOST_ROWS, 2, 2]
    assert list(batches([])) == []


def test_a_record_of_the_tests_is_that_of_the_store(archive: Archive) -> None:
    record = article(1)
    archive.add(record)

    assert selected(archive)[0].line == line(record)
