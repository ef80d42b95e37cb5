"""A walk along a thread: which pages it asks for, what it hands over, and when all is had."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

import pytest

from guancha.arguments.comments import CommentsArguments
from guancha.items import Comment, Thread
from guancha.pages.comment import Place, Reading
from guancha.store.threads import WantedThread
from guancha.threads.walk import ThreadWalk

NOW = datetime.fromisoformat("2026-10-05T20:00:00+08:00")
PLACE = Place("1", "11", "json", NOW, NOW)
Change = Callable[["Pages"], None]


@dataclass
class Pages:
    """A thread of the site, the newest first; it may change from request to request."""

    there: list[int]
    hot: list[int] = field(default_factory=list)
    lost: Sequence[int] = ()
    """Pages that can't be had."""
    quotes: int | None = None
    is_stuck: bool = False
    """Whether each page shows the first one again."""
    extra: int = 0
    """Comments that are counted, and shown nowhere."""
    asked: list[str] = field(default_factory=list)

    def answer(self, walk: ThreadWalk) -> Reading | None:
        is_hot, number = bool(walk.hot_page), walk.hot_page or walk.page
        self.asked.append(f"{'hot ' * is_hot}{number}")
        if not is_hot and number in self.lost:
            return None
        number = 1 if self.is_stuck else number
        size, every = (10, self.hot) if is_hot else (20, self.there)
        page = every[size * (number - 1) : size * number]
        total = None if is_hot else len(self.there) + self.extra
        counts = PLACE.counts("open", comment_count=total, hot_count=len(self.hot))
        hots = [] if is_hot or number > 1 else self.hot[:5]
        quoted = [self.quotes] if self.quotes else []
        return Reading(
            counts,
            [comment(each, is_hot=is_hot) for each in page],
            [comment(each, is_hot=True) for each in hots],
            [comment(each, is_quoted=True) for each in quoted],
        )


def comment(number: int, **fields: bool) -> Comment:
    found = PLACE.comment(str(number), None)
    for name, value in fields.items():
        setattr(found, name, value)
    return found


def walked(
    site: Pages,
    known: Sequence[int] = (),
    is_whole: bool = False,
    change: Change | None = None,
    **given: str,
) -> tuple[ThreadWalk, list[Thread]]:
    """A walk from its first page to its end, with an archive that has ``known`` before it."""
    walk = ThreadWalk(WantedThread("1", "u", "11", is_whole), CommentsArguments.parse(given))
    archive, threads = {str(number) for number in known}, list[Thread]()
    for _ in range(200):
        answer = site.answer(walk)
        if answer is None:
            walk.skip()
        else:
            walk.take(answer, archive)
        if thread := walk.hand_over():
            archive |= {each.comment_id for each in thread.comments}
            threads.append(thread)
        if walk.is_ended:
            return walk, threads
        if change:
            change(site)
    raise AssertionError("it does not end")


def handed(threads: Sequence[Thread]) -> list[int]:
    return [int(each.comment_id) for thread in threads for each in thread.comments]


def newest_first(number: int) -> list[int]:
    return [*range(number, 0, -1)]


@pytest.mark.parametrize(("number", "pages"), [(0, 1), (1, 1), (20, 1), (21, 2), (60, 3), (61, 4)])
def test_all_pages_and_each_comment_once(number: int, pages: int) -> None:
    site = Pages(newest_first(number))
    walk, threads = walked(site)

    assert site.asked == [str(page) for page in range(1, pages + 1)]
    assert handed(threads) == newest_first(number)
    assert [thread.counts is not None for thread in threads] == [True] + [False] * (pages - 1)
    assert [thread.is_whole for thread in threads] == [False] * (pages - 1) + [True]
    assert (walk.is_whole, walk.is_short) == (True, False)


def test_the_hot_ones_are_known_before_the_first_page_is_handed_over() -> None:
    hot = [3, 60, 30, 59, 1, 58, 57, 22, 21, 20, 55, 44]
    site = Pages(newest_first(60), hot)
    _, threads = walked(site)
    comments = [each for thread in threads for each in thread.comments]

    assert site.asked == ["1", "hot 1", "hot 2", "2", "3"]
    assert sorted(handed(threads)) == sorted(newest_first(60))
    assert sorted(int(each.comment_id) for each in comments if each.is_hot) == sorted(hot)


@pytest.mark.parametrize(
    ("hot", "given", "asked"),
    [
        ([3, 2, 1], {}, ["1", "2"]),
        (newest_first(25), {"hot": "0"}, ["1", "2"]),
        (newest_first(25), {"pages": "1"}, ["1", "hot 1"]),
    ],
)
def test_no_hot_page_more_than_wanted(
    hot: list[int], given: dict[str, str], asked: list[str]
) -> None:
    site = Pages(newest_first(25), hot)
    walked(site, **given)

    assert site.asked == asked


def test_a_single_page_whose_hot_ones_are_on_others() -> None:
    site = Pages(newest_first(12), newest_first(12))
    _, threads = walked(site)

    assert site.asked == ["1", "hot 1", "hot 2"]
    assert [len(thread.comments) for thread in threads] == [12]
    assert threads[0].is_whole
    assert threads[0].counts


@pytest.mark.parametrize("news", [1, 19, 20, 25, 61])
def test_what_comes_in_meanwhile_hides_nothing(news: int) -> None:
    numbers = count(1000)

    def more(pages: Pages) -> None:
        pages.there = [next(numbers) for _ in range(news)] + pages.there

    calm = count()
    site = Pages(newest_first(60))
    walk, threads = walked(site, change=lambda pages: more(pages) if next(calm) == 0 else None)

    found = handed(threads)
    assert set(newest_first(60)) <= set(found)
    assert len(found) == len(set(found))
    assert walk.is_whole


def test_a_thread_that_never_ends_is_left() -> None:
    site = Pages(newest_first(20), extra=10**9, is_stuck=True)
    walk, _ = walked(site)

    assert len(site.asked) == 3
    assert (walk.is_short, walk.is_whole) == (True, False)


@pytest.mark.parametrize(
    ("known", "is_whole", "given", "asked", "whole"),
    [
        (newest_first(60), True, {}, 1, True),
        (newest_first(60), True, {"pages": "all"}, 3, True),
        (newest_first(60), False, {}, 3, True),
        (newest_first(45), True, {}, 2, True),
        (newest_first(40), True, {}, 2, True),
        (newest_first(60), True, {"pages": "1"}, 1, True),
        ([], False, {"pages": "2"}, 2, False),
        (newest_first(10), True, {"pages": "2"}, 2, False),
    ],
)
def test_where_new_ends(
    known: list[int], is_whole: bool, given: dict[str, str], asked: int, whole: bool
) -> None:
    site = Pages(newest_first(60))
    walk, _ = walked(site, known=known, is_whole=is_whole, **given)

    assert len(site.asked) == asked
    assert walk.is_whole == whole
    assert not walk.is_short


def test_pages_that_can_not_be_had() -> None:
    first, _ = walked(Pages(newest_first(60), lost=[1]))
    middle, threads = walked(Pages(newest_first(100), lost=[2]))
    last, _ = walked(Pages(newest_first(60), lost=[3]))
    site = Pages(newest_first(200), lost=[2, 3])
    walked(site)

    assert first.is_first
    assert len(handed(threads)) == 80
    assert (middle.is_short, last.is_short) == (True, True)
    assert [walk.is_whole for walk in (first, middle, last)] == [False] * 3
    assert site.asked == ["1", "2", "3"]


def test_comments_that_are_counted_and_not_shown() -> None:
    walk, threads = walked(Pages(newest_first(30), extra=1))

    assert (walk.is_short, walk.is_whole) == (True, False)
    assert not any(thread.is_whole for thread in threads)


def test_quoted_ones_come_at_the_end_unless_they_are_listed() -> None:
    _, listed = walked(Pages(newest_first(30), quotes=3))
    _, quoted = walked(Pages(newest_first(30), quotes=99))

    assert handed(listed) == newest_first(30)
    assert handed(quoted) == [*newest_first(30), 99]
    assert [each.is_quoted for each in quoted[-1].comments][-1]


@pytest.mark.parametrize(("source", "is_short"), [("json", True), ("page", False)])
def test_a_rendered_page_is_all_that_there_is(source: str, is_short: bool) -> None:
    walk = ThreadWalk(
        WantedThread("1", "u", "11", False), CommentsArguments.parse({"source": source})
    )
    counts = PLACE.counts("open", comment_count=3, hot_count=9)
    walk.take(Reading(counts, [comment(2)], [comment(1)], is_all=True), ())

    assert walk.is_ended
    assert (walk.is_short, walk.is_whole, walk.had) == (is_short, False, 2)
