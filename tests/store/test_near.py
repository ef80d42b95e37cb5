"""Near-duplicates are found by an index, in the right order, and whatever shares a boilerplate is none."""

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select, update

from guancha.exceptions import StoreError
from guancha.items import Article
from guancha.jsonlines import line
from guancha.likeness import keys
from guancha.store import near
from guancha.store.engine import open_engine
from guancha.store.schema import articles, lines, near_keys
from guancha.store.upgrade import upgrade
from tests.store.near_records import (
    CHANCE,
    add,
    alike_in_part,
    at,
    invented,
    plan,
    read,
    with_boilerplate,
)
from tests.test_likeness import CHANGES, INVENTED, mixed, real_texts


@pytest.fixture
def connection(url: str | None, tmp_path: Path) -> Iterator[Connection]:
    engine = open_engine(url, tmp_path)
    with engine.begin() as opened:
        upgrade(opened)
        yield opened
    engine.dispose()


def test_the_first_of_its_kind(connection: Connection) -> None:
    add(connection, read(1, invented(400)))
    assert near.earliest(connection, read(2, invented(400))) is None


def test_the_earliest_and_none_that_came_later(connection: Connection) -> None:
    text = invented(400)
    add(connection, *(read(n, mixed(text, 0.05, CHANCE), **at(20 - n)) for n in (1, 2, 3, 4)))
    assert near.earliest(connection, read(9, text, **at(20))) == "4"
    assert near.earliest(connection, read(9, text, **at(17))) == "4"
    assert near.earliest(connection, read(9, text, **at(15))) is None


def test_of_the_same_second_the_smaller_id_is_earlier(connection: Connection) -> None:
    text = invented(400)
    add(connection, read(5, text))
    assert near.earliest(connection, read(6, text)) == "5"
    assert near.earliest(connection, read(4, text)) is None


def test_never_itself(connection: Connection) -> None:
    text = invented(400)
    add(connection, read(5, text, **at(8)))
    assert near.earliest(connection, read(5, text, **at(9))) is None


def test_without_a_time_the_day_counts(connection: Connection) -> None:
    text = invented(400)
    add(connection, read(5, text, date_published=None))
    assert near.earliest(connection, read(4, text, **at(0))) == "5"
    assert near.earliest(connection, read(4, text, date_published=None)) is None


@pytest.mark.parametrize(
    ("state", "found"),
    [("alive", "1"), ("deleted", "1"), ("pending", None), ("erased", None), ("gone", None)],
)
def test_only_what_was_had_and_is_kept(
    connection: Connection, state: str, found: str | None
) -> None:
    text = invented(400)
    add(connection, read(1, text), state=state)
    assert near.earliest(connection, read(2, text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("", None), ("图", None), (INVENTED[:29], None), (INVENTED[:30], "1"), (INVENTED[:99], "1")],
)
def test_a_short_text_must_be_equal_and_a_sentence(
    connection: Connection, text: str, found: str | None
) -> None:
    add(connection, read(1, text))
    assert near.earliest(connection, read(2, text)) == found
    assert near.earliest(connection, read(2, text + "磨")) is None


def test_the_newest_text_counts(connection: Connection) -> None:
    old = invented(400)
    new = old[:200] + invented(200)
    add(connection, read(1, old))
    second = read(1, new, revision=2)
    near.note(connection, second, old)
    content = {"content": line(second), "stream": "articles", "day": "1", "offset": 2}
    connection.execute(insert(lines).values(article_id="1", revision=2, **content))
    connection.execute(update(articles).values(revision=2, text_hash=second.text_hash))

    assert near.earliest(connection, read(2, new)) == "1"
    assert near.earliest(connection, read(2, old)) is None
    assert set(connection.scalars(select(near_keys.c.key))) == keys(new)


def test_the_keys_of_others_stay(connection: Connection) -> None:
    text = invented(400)
    for number in (1, 2):
        near.note(connection, read(number, text), None)
    near.note(connection, read(2, "短。"), text)
    assert set(connection.scalars(select(near_keys.c.article_id))) == {"1"}
    near.note(connection, read(1, text), text)
    assert set(connection.scalars(select(near_keys.c.key))) == keys(text)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff"])
def test_a_line_that_can_not_be_read(connection: Connection, content: bytes) -> None:
    text = invented(400)
    add(connection, read(1, text))
    connection.execute(update(lines).values(content=content))
    with pytest.raises(StoreError, match="line of 1 can't be read"):
        near.earliest(connection, read(2, text))


def test_a_shared_boilerplate_does_not_hide_the_one_that_is_alike(connection: Connection) -> None:
    half = with_boilerplate(connection, 300)
    text = half + invented(300)
    add(connection, read(9 * 10**6, text, **at(10)))
    assert near.earliest(connection, read(2, mixed(text, 0.1, CHANCE))) == "9000000"
    assert near.earliest(connection, read(3, half + invented(300))) is None


def test_the_look_up_is_one_of_indexes(connection: Connection) -> None:
    # PostgreSQL reads a small table as a whole, and is right.
    add(connection, *(read(number, "短。") for number in range(10, 15_000)))
    half = with_boilerplate(connection, 500)
    taken = plan(connection, read(2, half + invented(300)))
    tables = r"(SEARCH|SCAN|Scan .*on) (near_keys|articles|lines)\b"
    steps = [step for step in taken if re.search(tables, step)]
    assert len(steps) == 32 + 3
    for step in steps:
        assert re.search(r"USING (INDEX|PRIMARY KEY)|(Index( Only)?|Bitmap Heap) Scan", step)
        assert "ix_lines_file" not in step


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_no_boilerplate_makes_a_look_up_longer(connection: Connection) -> None:
    half = with_boilerplate(connection, 100)
    few = _instructions(connection, read(2, half + invented(300)))
    add(connection, *(read(2 * 10**6 + n, half + invented(300), **at(9)) for n in range(1000)))
    many = _instructions(connection, read(2, half + invented(300)))
    assert many < few * 1.5


def _instructions(connection: Connection, record: Article) -> int:
    """How much SQLite does for a look-up, in thousands of instructions of its machine."""
    driver, done = connection.connection.driver_connection, count()
    assert driver is not None
    driver.set_progress_handler(lambda: next(done) * 0, 1000)
    near.earliest(connection, record)
    driver.set_progress_handler(None, 0)
    return next(done)


@pytest.mark.parametrize("share", [0, 0.05, 0.1, 0.15, 0.2])
def test_real_articles_that_were_changed(connection: Connection, share: float) -> None:
    texts = dict(enumerate(real_texts(), 1))
    add(connection, *(read(number, text, **at(9)) for number, text in texts.items()))
    right, wrong = 0, 0
    for change in CHANGES:
        for number, text in texts.items():
            changed = read(100, change(text, share, CHANCE), **at(10))
            found = near.earliest(connection, changed)
            right += found == str(number)
            wrong += found not in (None, str(number))
    assert right >= 0.95 * len(CHANGES) * len(texts)
    assert wrong == 0


@pytest.mark.parametrize(("share", "opening"), [(0.3, 1), (0.4, 0), (0.5, 0), (0.5, 0.5), (0.5, 1)])
def test_real_articles_with_one_boilerplate(
    connection: Connection, share: float, opening: float
) -> None:
    records = alike_in_part(share, opening)
    add(connection, *records[::2])
    assert [near.earliest(connection, record) for record in records[1::2]] == [None] * 19
