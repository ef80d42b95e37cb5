"""Which known articles are looked at again, and when."""

from datetime import timedelta

import pytest

from guancha.store.found import Wanted
from guancha.store.known import Sample
from guancha.store.listings import Validators
from guancha.store.scope import Scope
from guancha.store.store import Store
from tests.store.conftest import NOW, Opened, later
from tests.store.records import gone, outcome, target, visit

SCOPE = Scope()
WINDOW = timedelta(days=3)
ALL = Sample(0.99, 99)


def ids(found: list[Wanted]) -> list[str]:
    return [each.target.article.article_id for each in found]


def old(store: Store, count: int) -> None:
    store.admit([target(n) for n in range(1, count + 1)], SCOPE, NOW)
    for number in range(1, count + 1):
        store.commit(visit(number, date_published="2020-10-05T19:00:00+08:00"), NOW)


def test_the_young_are_due_the_sooner(opened: Opened) -> None:
    store = opened()
    store.admit([target(n) for n in (1, 2, 3)], SCOPE, NOW)
    for number, published in ((1, "2026-10-05T19:00:00"), (2, "2026-10-04T00:00:00")):
        store.commit(visit(number, date_published=f"{published}+08:00"), NOW)

    assert store.due(SCOPE, WINDOW, 9, NOW) == []
    soon = store.due(SCOPE, WINDOW, 9, later(hours=2))
    assert ids(soon) == ["1"]
    assert soon[0].validators == Validators('"etag"', None)
    assert ids(store.due(SCOPE, WINDOW, 9, later(hours=20))) == ["1", "2"]
    assert ids(store.due(SCOPE, WINDOW, 1, later(hours=20))) == ["1"]
    assert store.due(SCOPE, None, 9, later(hours=20)) == []


def test_suspects_come_first_at_each_of_their_addresses(opened: Opened) -> None:
    store = opened()
    old(store, 2)
    store.admit([target(2, slug="WangWu")], SCOPE, NOW)
    store.commit(gone(2), later(hours=1))

    assert store.due(SCOPE, None, 9, later(hours=2)) == []
    suspects = store.due(SCOPE, None, 9, later(hours=8))
    assert {each.target.article.slug for each in suspects} == {"CaiJing", "WangWu"}
    # What an address says of itself holds for no other.
    assert {(e.target.article.slug, e.validators.etag) for e in suspects} == {
        ("CaiJing", '"etag"'),
        ("WangWu", None),
    }


def test_those_in_doubt_leave_half_of_the_places_to_the_young(opened: Opened) -> None:
    store = opened()
    store.admit([target(n) for n in range(1, 20)], SCOPE, NOW)
    for number in range(1, 10):
        for hours in (0, 2):
            store.commit(outcome(number, "layout"), later(hours=hours))
    for number in range(10, 20):
        store.commit(visit(number), NOW)

    some = ids(store.due(SCOPE, WINDOW, 4, later(hours=40)))
    assert [int(each) < 10 for each in some] == [True, True, False, False]
    assert len(store.due(SCOPE, WINDOW, 99, later(hours=40))) == 19
    assert len(store.due(SCOPE, None, 99, later(hours=40))) == 9


@pytest.mark.parametrize(
    "scope", [Scope(since="2026-10-05"), Scope(until="2026-10-03"), Scope(origins=["qiche"])]
)
def test_out_of_scope_nothing_is_looked_at(opened: Opened, scope: Scope) -> None:
    store = opened()
    old(store, 3)
    store.commit(gone(1), NOW)

    assert store.due(scope, timedelta(days=9999), 9, later(days=9)) == []
    assert store.sample(scope, WINDOW, ALL, later(days=9)) == []
    assert store.all_known(scope, ("", ""), later(days=9), 9) == []


def test_some_of_the_old_are_looked_at_by_chance(opened: Opened) -> None:
    store = opened()
    old(store, 30)
    seen = {*(ids(store.sample(SCOPE, WINDOW, Sample(0.1, 99), NOW))[0] for _ in range(60))}

    assert len(store.sample(SCOPE, WINDOW, Sample(0.1, 99), NOW)) == 3
    assert len(store.sample(SCOPE, WINDOW, Sample(0.01, 99), NOW)) == 1
    assert len(seen) > 5
    assert len(store.sample(SCOPE, WINDOW, Sample(0.1, 2), NOW)) == 2
    assert store.sample(SCOPE, timedelta(days=9999), ALL, NOW) == []


def test_all_of_them_the_longest_unseen_first_the_deleted_too(opened: Opened) -> None:
    store = opened()
    old(store, 5)
    for hours in (1, 8):
        store.commit(gone(3), later(hours=hours))
    store.commit(visit(1, date_published="2020-10-05T19:00:00+08:00"), later(hours=9))
    begun = later(hours=10)
    first = store.all_known(SCOPE, ("", ""), begun, 3)
    after = (first[-1].checked, first[-1].target.article.article_id)

    assert ids(first) + ids(store.all_known(SCOPE, after, begun, 3)) == list("23451")
    # A run that is begun again goes on with those that were not seen meanwhile.
    assert ids(store.all_known(SCOPE, ("", ""), later(hours=9), 9)) == list("2345")
