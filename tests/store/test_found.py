"""Links: which of them deserve a request, and what waits from earlier runs."""

import pytest

from guancha.store.found import Source
from guancha.store.listings import Page, Validators
from guancha.store.runs import Begun
from guancha.store.scope import Scope
from guancha.store.store import Store
from tests.store.conftest import NOW, Opened, later
from tests.store.records import gone, outcome, target, visit

SCOPE = Scope()
USER = Source(is_user=True)


def waiting(store: Store, scope: Scope = SCOPE, hours: float = 0) -> str:
    """The ids of what waits, in one word."""
    found = store.pending(scope, (-1, ""), 99, later(hours=hours))
    return "".join(target.article.article_id for target in found)


def listing(slug: str = "CaiJing", *, is_first: bool = True, etag: str | None = None) -> Source:
    return Source(Page(slug, f"https://www.guancha.cn/{slug}", is_first, Validators(etag)))


def wanted(store: Store, numbers: list[int], source: Source, hours: int = 0) -> list[str]:
    admission = store.admit([target(n) for n in numbers], SCOPE, later(hours=hours), source)
    return [each.target.article.article_id for each in admission.wanted]


def test_a_link_waits_until_it_is_had(opened: Opened) -> None:
    store = opened()
    assert wanted(store, [1, 2], listing()) == ["1", "2"]
    store.commit(visit(1), NOW)

    assert wanted(store, [1, 2, 3], listing()) == ["2", "3"]


def test_what_costs_no_request_is_counted(opened: Opened) -> None:
    store = opened()
    wanted(store, [1], listing())
    store.commit(visit(1), NOW)
    targets = [target(1), target(2, hops=2), target(3)]
    scopes = (Scope(), Scope(since="2026-10-05"), Scope(until="2026-10-03"))
    refused = [dict(store.admit(targets, scope, NOW).refused) for scope in scopes]

    assert refused == [{"known": 1, "too_many_hops": 1}, {"before_since": 3}, {"after_until": 3}]


def test_what_waits_is_there_after_a_restart(opened: Opened) -> None:
    opened().admit([target(n) for n in range(1, 8)], SCOPE, NOW)
    store = opened()
    first = store.pending(SCOPE, (-1, ""), 5, NOW)
    rest = store.pending(SCOPE, (first[-1].hops, first[-1].article.article_id), 5, NOW)

    assert [t.article.article_id for t in (*first, *rest)] == list("1234567")


@pytest.mark.parametrize(
    ("scope", "ids"),
    [
        (Scope(), "123"),
        (Scope(hops=0), "12"),
        (Scope(since="2026-10-05"), ""),
        (Scope(until="2026-10-03"), ""),
        (Scope(origins=["qiche"]), "2"),
        (Scope(origins=[]), ""),
    ],
)
def test_pending_is_held_to_the_scope_of_the_run(opened: Opened, scope: Scope, ids: str) -> None:
    store = opened()
    known = [
        target(1, origin="CaiJing"),
        target(2, origin="qiche"),
        target(3, hops=1, origin="CaiJing"),
    ]
    store.admit(known, SCOPE, NOW)

    assert waiting(store, scope) == ids


def test_a_nearer_way_and_the_first_title_are_kept(opened: Opened) -> None:
    store = opened()
    for known in (
        target(1, hops=1),
        target(1, hops=0, list_title="一"),
        target(1, hops=1, list_title="二"),
    ):
        store.admit([known], SCOPE, NOW)

    (found,) = store.pending(SCOPE, (-1, ""), 9, NOW)
    assert (found.hops, found.list_title) == (0, "一")


def test_what_a_listing_named_is_no_further_away_beside_another(opened: Opened) -> None:
    store = opened()
    store.admit([target(1)], SCOPE, NOW)
    (again,) = store.admit([target(1, hops=2)], SCOPE, NOW).wanted

    assert again.target.hops == 0


def test_what_several_listings_name_is_in_the_scope_of_each(opened: Opened) -> None:
    store = opened()
    for slug in ("CaiJing", "qiche"):
        store.admit([target(1, origin=slug)], SCOPE, NOW, listing(slug))

    for slug, ids in (("CaiJing", "1"), ("qiche", "1"), ("junshi", "")):
        assert waiting(store, Scope(origins=[slug])) == ids


def test_more_links_than_a_query_takes(opened: Opened) -> None:
    store = opened()
    numbers = list(range(1, 1200))

    assert len(wanted(store, numbers, listing())) == len(numbers)
    assert wanted(store, [], listing()) == []


@pytest.mark.parametrize("kind", ["gone", "offsite", "stub"])
def test_what_was_not_there_is_given_up_after_a_second_answer(opened: Opened, kind: str) -> None:
    store = opened()
    wanted(store, [1], listing())
    store.commit(outcome(1, kind), NOW)
    store.commit(outcome(1, kind), later(hours=1))
    assert waiting(store, hours=1) == ""
    assert waiting(store, hours=26) == "1"

    store.commit(outcome(1, kind), later(hours=26))
    assert waiting(store, hours=999) == ""
    # Whoever names it later may know better.
    assert wanted(store, [1], listing(), hours=27) == []
    assert wanted(store, [1], Source(), hours=90) == []
    assert wanted(store, [1], listing(), hours=90) == ["1"]


def test_what_was_gone_is_tried_at_each_address(opened: Opened) -> None:
    store = opened()
    store.admit([target(1, slug="Old"), target(1)], SCOPE, NOW)
    store.commit(gone(1, "Old"), NOW)

    (found,) = store.pending(SCOPE, (-1, ""), 9, NOW)
    assert found.article.slug == "CaiJing"


@pytest.mark.parametrize("kind", ["gone", "stub", "error"])
def test_a_new_address_is_tried_at_once(opened: Opened, kind: str) -> None:
    store = opened()
    wanted(store, [1], listing())
    for hours in (0, 26):
        store.commit(outcome(1, kind), later(hours=hours))
    assert waiting(store, hours=26) == ""

    (found,) = store.admit([target(1, slug="New", hops=1)], SCOPE, later(hours=26)).wanted
    assert found.target.article.slug == "New"
    assert waiting(store, hours=26) == "1"


def test_a_deleted_one_may_come_back(opened: Opened) -> None:
    store = opened()
    wanted(store, [1], listing())
    store.commit(visit(1), NOW)
    for hours in (1, 8):
        store.commit(gone(1), later(hours=hours))

    assert wanted(store, [1], listing(), hours=9) == []
    assert wanted(store, [1], listing(), hours=40) == ["1"]
    new = store.admit([target(1, slug="New")], SCOPE, later(hours=9))
    assert len(new.wanted) == 1


def test_what_the_user_names_is_wanted_known_or_not(opened: Opened) -> None:
    store = opened()
    wanted(store, [1, 2], listing())
    store.commit(visit(1), NOW)
    store.commit(outcome(2, "gone"), NOW)
    admission = store.admit([target(1), target(2), target(3)], SCOPE, NOW, USER)
    other = store.admit([target(1, slug="other")], SCOPE, NOW, USER)

    known = {each.target.article.article_id: each.validators for each in admission.wanted}
    assert known == {"1": Validators('"etag"'), "2": Validators(), "3": Validators()}
    # The validators are those of one address.
    assert [each.validators for each in other.wanted] == [Validators()]


def test_a_listing_knows_what_it_has_named(opened: Opened) -> None:
    store = opened()
    targets = [target(n) for n in (1, 2, 2)]
    counts = [
        store.admit(targets, SCOPE, NOW, source).unlisted
        for source in (listing(), listing(), listing("qiche"), Source())
    ]

    assert counts == [2, 0, 2, 0]


def test_a_walk_knows_how_the_last_one_ended(opened: Opened) -> None:
    store = opened()
    assert not store.last_walk("CaiJing", NOW).is_finished
    wanted(store, [1], listing(etag='"a"'))
    assert not store.last_walk("CaiJing", NOW).is_finished

    store.finish_walk("CaiJing", NOW)
    last = store.last_walk("CaiJing", NOW)
    assert last.is_finished
    assert (last.url, last.validators) == ("https://www.guancha.cn/CaiJing", Validators('"a"'))

    wanted(store, [2], listing(is_first=False))
    assert store.last_walk("CaiJing", NOW).is_finished
    wanted(store, [3], listing())
    assert not store.last_walk("CaiJing", NOW).is_finished


def test_a_walk_to_the_very_end_is_relied_on_for_a_week(opened: Opened) -> None:
    store = opened()
    wanted(store, [1], listing())
    store.finish_walk("CaiJing", NOW)
    store.finish_walk("CaiJing", None)

    assert store.last_walk("CaiJing", later(days=6)).is_finished
    assert not store.last_walk("CaiJing", later(days=8)).is_finished


def test_what_other_rules_have_read_is_not_asked_for_conditionally(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened()
    wanted(store, [1], listing(etag='"a"'))
    store.finish_walk("CaiJing", NOW)
    store.commit(visit(1), NOW)
    before = store.admit([target(1)], SCOPE, NOW, USER).wanted
    monkeypatch.setattr("guancha.store.listings.EXTRACTOR_VERSION", "next")
    monkeypatch.setattr("guancha.store.found.EXTRACTOR_VERSION", "next")
    after = store.admit([target(1)], SCOPE, NOW, USER).wanted

    assert store.last_walk("CaiJing", NOW).is_finished
    assert store.last_walk("CaiJing", NOW).validators is None
    assert [each.validators for each in before + after] == [Validators('"etag"'), Validators()]


def test_what_failed_waits_again_under_other_rules(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened()
    wanted(store, [1], listing())
    for hours in (0, 2):
        store.commit(outcome(1, "layout"), later(hours=hours))
    store.begin(Begun("articles", {}), NOW)
    assert waiting(store, hours=3) == ""

    monkeypatch.setattr("guancha.store.found.EXTRACTOR_VERSION", "next")
    store.begin(Begun("articles", {}), NOW)
    assert waiting(store, hours=3) == "1"


def test_the_answer_of_a_commit_that_was_lost_is_not_asked_for_twice(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened()
    transact = store._transact
    monkeypatch.setattr(store, "_transact", lambda work: (transact(work), transact(work))[1])

    assert store.admit([target(1)], SCOPE, NOW, listing()).unlisted == 1
