"""Which posts a run asks for: those that wait, those behind stubs, and those to look at again."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from guancha.store import posts as posts_room
from guancha.store.found import NEARBY, Source
from guancha.store.listings import Page, Validators
from guancha.store.runs import Begun
from guancha.store.schema import posts
from guancha.store.scope import Scope
from guancha.store.states import ERASED
from guancha.store.store import Store
from tests.store import records
from tests.store.conftest import NOW, Opened, later
from tests.store.post_records import outcome, stub, visit

USER = Source(is_user=True)
LISTED = Source(Page("posts-newest", "https://user.guancha.cn/x", True, Validators()))


@pytest.fixture
def store(opened: Opened) -> Store:
    return opened()


def due(store: Store, days: float, hours: float = 99, slugs: list[str] | None = None) -> list[str]:
    now = later(hours=hours)
    found = store.read(posts_room.due, slugs, now - timedelta(days=days), ("", ""), now, 9)
    return [number for _, number in found]


def test_what_a_list_names_is_noted_and_wanted_until_it_is_had(store: Store) -> None:
    first = store.admit_posts(["1", "2", "1"], NOW, LISTED)
    assert (first.wanted, first.unlisted) == (["1", "2"], 2)
    store.commit(visit(1), NOW)

    second = store.admit_posts(["3", "1", "2"], later(hours=1), LISTED)
    assert (second.wanted, second.unlisted) == (["3", "2"], 1)
    assert second.refused == {"known": 1}
    assert store.read(posts_room.pending, None, "", 9) == ["2", "3"]
    assert store.read(posts_room.pending, None, "2", 9) == ["3"]


def test_more_than_a_database_takes_at_once(store: Store) -> None:
    ids = [str(number) for number in range(1, 1201)]

    assert store.admit_posts(ids, NOW, LISTED).unlisted == 1200
    assert len(store.read(posts_room.pending, None, "", 2000)) == 1200


def test_the_posts_of_other_lists_wait_for_their_own_runs(store: Store) -> None:
    store.admit_posts(["1"], NOW, LISTED)
    store.admit_posts(["2"], NOW, USER)

    assert store.read(posts_room.pending, ["posts-newest"], "", 9) == ["1"]
    assert store.read(posts_room.pending, [], "", 9) == []
    assert store.read(posts_room.pending, None, "", 9) == ["1", "2"]


def test_what_was_not_there_is_wanted_again_a_day_later_or_by_the_user(store: Store) -> None:
    store.admit_posts(["1"], NOW, LISTED)
    store.commit(outcome(1, "gone"), NOW)

    assert store.admit_posts(["1"], later(hours=23), LISTED).wanted == []
    assert store.admit_posts(["1"], later(hours=1), USER).wanted == ["1"]
    assert store.admit_posts(["1"], later(hours=25), LISTED).wanted == ["1"]


def test_what_was_erased_is_never_wanted(store: Store) -> None:
    store.admit_posts(["1"], NOW, LISTED)
    with store.engine.begin() as connection:
        connection.execute(update(posts).values(state=ERASED))

    assert store.admit_posts(["1"], later(days=9), USER).refused == {"erased": 1}
    assert store.read(posts_room.pending, None, "", 9) == []


def test_young_posts_and_suspects_are_due_the_longest_unseen_first(store: Store) -> None:
    store.admit_posts(["1", "2", "3"], NOW, LISTED)
    for number, hours in ((1, 0), (2, 48), (3, 24)):
        store.commit(visit(number), later(hours=hours))

    assert due(store, 9) == ["1", "3", "2"]
    assert due(store, 2.2) == ["2"]
    assert due(store, 9, slugs=[]) == []
    store.commit(outcome(1, "gone"), later(hours=50))
    assert due(store, 2.2) == ["1", "2"]
    assert due(store, 9, hours=48) == ["1", "3"]
    assert store.read(posts_room.due, None, NOW, ("", ""), later(hours=99), 1)[0][1] == "1"


def test_what_stubs_lead_to_is_wanted_until_it_is_had(store: Store) -> None:
    store.admit([records.target(number) for number in (7, 8, 9)], Scope(), NOW)
    for article, post in ((7, 2), (8, 1), (9, 2)):
        store.commit(stub(article, post), NOW)

    assert store.read(posts_room.behind_stubs, "", 9) == ["1", "2"]
    assert store.read(posts_room.behind_stubs, "1", 9) == ["2"]
    assert store.admit_posts(["1", "2"], NOW, NEARBY).wanted == ["1", "2"]
    store.commit(visit(2), NOW)
    assert store.read(posts_room.behind_stubs, "", 9) == ["1"]


def test_what_failed_under_other_rules_waits_again(store: Store) -> None:
    store.admit_posts(["1"], NOW, LISTED)
    for hours in (0, 2):
        store.commit(outcome(1, "layout"), later(hours=hours))
    store.begin(Begun("posts", {}), NOW)
    assert store.read(posts_room.pending, None, "", 9) == []

    with store.engine.begin() as connection:
        connection.execute(update(posts).values(extractor_version="0"))
    store.begin(Begun("posts", {}), NOW)
    assert store.read(posts_room.pending, None, "", 9) == ["1"]
