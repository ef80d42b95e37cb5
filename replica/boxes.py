"""What the home page puts forward: which entries, posts and comments, in which order."""

from functools import lru_cache
from typing import NamedTuple

from replica import threads
from replica.listings import newest
from replica.post_lists import index
from replica.posts import post_comments
from replica.remarks import remark
from replica.timeline import World

MAIN, FAST, HOT, HOT_POSTS, HOT_COMMENTS = 70, 20, 10, 10, 10
RECENT = 100
"""Hot ones are chosen among so many of the newest."""


class Named(NamedTuple):
    """A comment of an entry."""

    entry: int
    turn: int


def headline(world: World) -> int:
    """The entry at the top."""
    return newest(world, "GuanChaZheTouTiao", 1)[0]


def main(world: World) -> list[int]:
    """要闻, the middle column."""
    return newest(world, "mainnews-yw", MAIN)


def is_bare(rank: int) -> bool:
    """Whether an entry of 要闻 has neither picture nor numbers beside it, in the mark-up of old."""
    return rank % 7 == 0


def fast(world: World) -> list[int]:
    """快讯."""
    return newest(world, "mainnews-gd", FAST)


def _recent(world: World) -> list[int]:
    return [turn for turn in newest(world, "mainnews-gd", RECENT) if not world.is_stub(turn)]


@lru_cache(maxsize=4)
def hot(world: World) -> list[int]:
    """热点: the most discussed."""
    return sorted(_recent(world), key=lambda turn: -threads.comment_count(world, turn))[:HOT]


@lru_cache(maxsize=4)
def hot_posts(world: World) -> list[int]:
    """风闻24小时: the most discussed posts."""
    fresh = index(world, "2")[:RECENT]
    return sorted(fresh, key=lambda post: -post_comments(world, post))[:HOT_POSTS]


@lru_cache(maxsize=4)
def hot_comments(world: World) -> list[Named]:
    """The most praised comments, one an article; folded ones are not put forward."""
    found: dict[Named, int] = {}
    for entry in _recent(world):
        if threads.state(entry) == threads.CLOSED:
            continue
        for turn in threads.hottest(world, entry)[:3]:
            said = remark(world, entry, turn)
            if not said.folded:
                found[Named(entry, turn)] = said.praise
                break
    return sorted(found, key=lambda named: -found[named])[:HOT_COMMENTS]
