"""The verdict: what figures say of a run, alone and beside the runs before."""

from dataclasses import replace
from typing import Any

import pytest

from guancha.figures import Figures, Listing
from guancha.verdict.chance import is_above, is_below
from guancha.verdict.judge import judge
from guancha.verdict.reasons import DEGRADED, FAILED, OK, Floors

FLOORS = Floors(
    fields={"title": 0.9, "topic": 0.1},
    drop=0.5,
    articles=0.5,
    listings=0.7,
    shown=0.4,
    incomplete=0.25,
    outcomes={"layout": 0.05, "error": 0.1},
    gone=0.15,
    steady_drop=0.8,
    stale_days=3,
)
SHOWN = Listing(pages=1, offered=40, placed=40, shown={"module": 40})
GOOD = Figures(
    started="2026-10-05T20:00:00+08:00",
    reason="finished",
    requests=120,
    had=100,
    records=100,
    fields={"title": 100, "topic": 40},
    pages={"article": 100, "listing": 10},
    rules={"article/topic/1": 40, "listing/module/1": 10},
    listings=dict.fromkeys(("CaiJing", "JunShi", "ZhengZhi", "qiche"), SHOWN),
)


def listings(**changed: Listing) -> dict[str, Listing]:
    return GOOD.listings | changed


def test_a_good_run_is_ok() -> None:
    assert judge(GOOD, [], FLOORS).level == OK
    assert judge(GOOD, [GOOD, GOOD], FLOORS).words == []


@pytest.mark.parametrize(
    ("changed", "level", "words"),
    [
        ({"reason": ""}, FAILED, "it never started"),
        ({"reason": "shutdown"}, DEGRADED, "interrupted"),
        ({"reason": "site_unreachable", "why": "ill"}, FAILED, "stopped, site_unreachable: ill"),
        ({"reason": "closespider_errorcount"}, FAILED, "closespider_errorcount: see the log"),
        ({"faults": {"KeyError": 2}}, FAILED, "KeyError reached the log 2 times"),
        ({"exports_failed": 1}, FAILED, "a feed could not be written"),
        ({"requests": 0}, DEGRADED, "nothing was asked of the site: nothing was named"),
        ({"requests": 0, "links": {"erased": 1}}, DEGRADED, "of the site: 1 erased"),
        ({"outcomes": {"layout": 6}}, DEGRADED, "layout: 6 of 106 answers, at most 5% expected"),
        ({"outcomes": {"gone": 45}}, DEGRADED, "gone: 45 of 145 answers, at most 15% expected"),
        ({"split": 7, "incomplete": 2}, DEGRADED, "2 of 7 split articles are not whole"),
        (
            {"had": 0, "records": 0, "outcomes": {"gone": 9, "stub": 1}},
            FAILED,
            "only 0 of 10 articles",
        ),
        ({"had": 49, "records": 49, "outcomes": {"gone": 51}}, DEGRADED, "only 49 of 100 articles"),
        (
            {"had": 0, "records": 0, "outcomes": {"stub": 99}},
            FAILED,
            "only 0 of 99 articles were there",
        ),
        ({"had": 0, "records": 0, "listings": {}, "outcomes": {"error": 1}}, FAILED, "only 0 of 1"),
        (
            {"had": 0, "records": 0, "listings": {}, "outcomes": {"gone": 1}},
            DEGRADED,
            "only 0 of 1",
        ),
        ({"had": 0, "records": 0, "pages": {"article": 12}}, FAILED, "none of 12 pages reached"),
        ({"listings": {"CaiJing": Listing(gone=1)}}, FAILED, "1 of 1 listings offered no article"),
        (
            {"listings": listings(qiche=Listing(gone=1), JunShi=Listing(gone=1))},
            DEGRADED,
            "2 of 4 listings offered no article: JunShi, qiche",
        ),
        ({"listings": listings(qiche=Listing(missed=1))}, DEGRADED, "qiche could not be read"),
        (
            {"listings": {"CaiJing": replace(SHOWN, shown={"topnews": 40})}},
            DEGRADED,
            "listing CaiJing looks different: no module or tsp on it",
        ),
        (
            {"listings": {"CaiJing": replace(SHOWN, placed=15)}},
            DEGRADED,
            "only 15 of 40 articles are where they used to be",
        ),
        ({"fields": {"title": 100}}, DEGRADED, "field topic: in 0 of 100 articles"),
        ({"fields": {"title": 60, "topic": 40}}, DEGRADED, "field title: in 60 of 100 articles"),
    ],
)
def test_what_is_wrong_is_said(changed: dict[str, object], level: str, words: str) -> None:
    verdict = judge(replace(GOOD, **changed), [], FLOORS)  # type: ignore[arg-type]

    assert verdict.level == level
    assert words in "\n".join(verdict.words)


@pytest.mark.parametrize(
    "changed",
    [
        {"reason": "closespider_pagecount"},
        {"outcomes": {"layout": 5, "gone": 20, "stub": 40}},
        {"split": 8, "incomplete": 2},
        {"split": 1, "incomplete": 1},
        # Small runs have odd pages as well.
        {"had": 3, "records": 3, "outcomes": {"error": 1}, "fields": {"title": 3}},
        {"had": 3, "records": 3, "outcomes": {"layout": 1}, "fields": {"title": 3}},
        {"had": 0, "records": 0, "outcomes": {"gone": 3}},
        # What was known to be gone is only made sure of.
        {"had": 0, "records": 0, "outcomes": {"gone": 60}, "repeated": {"gone": 57}},
        {"listings": listings(qiche=Listing(unchanged=1))},
        {"listings": listings(qiche=Listing(gone=1))},
        {"listings": listings(nobody=replace(SHOWN, offered=30, placed=12))},
        {"had": 20, "records": 20, "fields": {"title": 20}},
    ],
)
def test_what_a_day_brings_is_ok(changed: dict[str, object]) -> None:
    assert judge(replace(GOOD, **changed), [], FLOORS).words == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"fields": {"title": 100, "topic": 6}}, "field topic: in 6 of 100 articles, at least 20%"),
        ({"rules": {"listing/module/1": 10}}, "rule article/topic/1 has matched before"),
        ({"listings": listings(qiche=Listing(gone=1))}, "qiche offers no article any more"),
        ({"listings": listings(qiche=Listing(missed=1))}, "qiche offers no article any more"),
        (
            {"fields": {"title": 70, "topic": 40}},
            "field title: in 70 of 100 articles, at least 90%",
        ),
        (
            {"listings": listings(qiche=replace(SHOWN, offered=9, placed=9))},
            "qiche offers 9 articles, where a page used to offer 40",
        ),
        (
            {"listings": listings(qiche=replace(SHOWN, missed=2))},
            "qiche could not be read on 2 of 3 pages",
        ),
        (
            {"listings": listings(qiche=replace(SHOWN, shown={"tsp": 40}))},
            "listing qiche looks different: no module on it",
        ),
        (
            {"listings": listings(qiche=replace(SHOWN, placed=19))},
            "listing qiche looks different: only 19 of 40",
        ),
    ],
)
def test_what_was_usual_is_expected(changed: dict[str, object], words: str) -> None:
    verdict = judge(replace(GOOD, **changed), [GOOD] * 3, FLOORS)  # type: ignore[arg-type]

    assert verdict.level == DEGRADED
    assert words in "\n".join(verdict.words)


def test_runs_before_take_the_place_of_the_floors() -> None:
    without = replace(GOOD, fields={"title": 100})

    assert judge(without, [replace(without)], FLOORS).level == OK
    # Nine articles tell of no share: the floors are still there.
    few = replace(without, had=9, records=9, fields={"title": 9})
    assert judge(without, [few], FLOORS).level == DEGRADED


def test_a_floor_does_not_sink_with_the_runs() -> None:
    earlier = [replace(GOOD, fields={"title": 92, "topic": 12}) for _ in range(5)]

    assert judge(replace(GOOD, fields={"title": 70, "topic": 1}), earlier, FLOORS).words == [
        "field title: in 70 of 100 articles, at least 90% expected",
        "field topic: in 1 of 100 articles, at least 10% expected",
    ]


def test_small_runs_are_judged_together() -> None:
    def small(topics: int) -> Figures:
        fields, rules = {"title": 8, "topic": topics}, {"article/topic/1": topics}
        return replace(GOOD, had=8, records=8, fields=fields, rules=rules, pages={"article": 8})

    broken, whole = [small(0) for _ in range(5)], [small(4) for _ in range(9)]
    latest = [*broken[1:], *whole, GOOD]
    verdict = judge(broken[0], [*whole, GOOD], FLOORS, latest)

    assert verdict.words == [
        "field topic: in 0 of 32 articles of the last 4 runs, at least 22% expected",
        "rule article/topic/1 has matched before, and on none of 32 pages of the last 4 runs",
    ]
    # As soon as it is mended, nothing is wrong with the run itself.
    assert judge(small(4), [*whole, GOOD], FLOORS, [*broken, *latest]).words == []


@pytest.mark.parametrize(("day", "is_stale"), [(8, False), (9, True)])
def test_a_site_that_stands_still_is_told(day: int, is_stale: bool) -> None:
    def run(on: int, new: int) -> Figures:
        started = f"2026-10-{on:02}T20:00:00+08:00"
        return replace(GOOD, started=started, written={"first": new} if new else {})

    latest = [*(run(on, 0) for on in range(day - 1, 5, -1)), run(5, 4), run(4, 9)]
    words = judge(run(day, 0), latest, FLOORS, latest).words

    assert words == (["nothing new since the run of 2026-10-05 20:00"] if is_stale else [])
    assert judge(run(day, 1), latest, FLOORS, latest).words == []


def test_a_look_is_expected_since_its_day() -> None:
    home = Listing(pages=1, offered=40, placed=40, shown={"module": 40, "headline": 1})
    run = replace(GOOD, listings={"home": home})

    assert "no topnews" in judge(run, [], FLOORS).words[0]
    assert judge(replace(run, started="2019-11-30"), [], FLOORS).words == []


def test_the_worst_comes_first() -> None:
    verdict = judge(replace(GOOD, fields={}, faults={"OSError": 1}), [], FLOORS)

    assert verdict.level == FAILED
    assert verdict.words[0].startswith("OSError")


@pytest.mark.parametrize(
    ("count", "number", "share", "below"),
    [
        (0, 0, 0.9, False),
        (90, 100, 0.9, False),
        (80, 100, 0.9, False),
        (70, 100, 0.9, True),
        (0, 66, 0.1, True),
        (0, 65, 0.1, False),
        (0, 10**6, 0.0, False),
        (10**6 // 11, 10**6, 0.1, True),
    ],
)
def test_below_is_more_than_chance(count: int, number: int, share: float, below: bool) -> None:
    assert is_below(count, number, share) is below


@pytest.mark.parametrize(
    ("count", "number", "share", "above"),
    [
        (0, 9, 0.02, False),
        (1, 1, 0.02, False),
        (2, 2, 0.02, True),
        (9, 9, 0.15, True),
        (1, 1, 0, True),
    ],
)
def test_above_is_more_than_chance(count: int, number: int, share: float, above: bool) -> None:
    assert is_above(count, number, share) is above


THREADS = Figures(
    spider="comments",
    started="2026-10-05T20:00:00+08:00",
    reason="finished",
    requests=20,
    had=20,
    records=300,
)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"records": 0}, ["no comment in any of 20 threads"]),
        ({"had": 5, "records": 0, "outcomes": {"gone": 1}}, []),
        (
            {"had": 4, "outcomes": {"closed": 9, "disabled": 7}},
            ["most of 20 threads are closed or disabled"],
        ),
        ({"had": 12, "outcomes": {"closed": 4, "disabled": 4}}, []),
    ],
)
def test_comments_that_are_nowhere_are_told_once(changed: dict[str, Any], words: list[str]) -> None:
    figures = replace(THREADS, **changed)

    assert judge(figures, [], replace(FLOORS, fields={})).words == words
    assert judge(figures, [figures], replace(FLOORS, fields={})).words == []


def test_a_box_that_was_never_seen_is_told_until_it_is_accepted() -> None:
    boxes = {"hot": Listing(pages=1, offered=9, placed=9), "fast": Listing(missed=0)}
    shown = Figures(
        spider="headlines",
        started=THREADS.started,
        reason="finished",
        requests=2,
        had=1,
        records=9,
        listings={**boxes, **{f"box{n}": boxes["hot"] for n in range(4)}},
    )

    assert judge(shown, [], replace(FLOORS, fields={})).words == ["box fast offers no entry"]
    assert judge(shown, [shown], replace(FLOORS, fields={})).words == []


def test_nothing_to_ask_for_is_well_where_all_of_it_is_known() -> None:
    none = Figures(spider="posts", started=THREADS.started, reason="finished")

    assert judge(none, [], FLOORS).level == DEGRADED
    assert judge(replace(none, links={"known": 3}), [], FLOORS).level == OK
