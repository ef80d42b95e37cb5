"""Lists of posts: which posts one shows, in which order, page by page."""

from datetime import timedelta
from functools import lru_cache

from replica.posting import post_alive, post_published, post_total
from replica.posts import TOPICS, post_praise, topic_numbers, writer
from replica.timeline import World
from replica.words import number

PAGE_SIZE = 20
NEWEST_REPLY, NEWEST, COLUMNS = "1", "2", "5"
WINDOWS = {"3": 1, "6": 3, "7": 7, "8": 90}
"""Order -> days of which it shows the most praised posts."""


@lru_cache(maxsize=16)
def _there(world: World) -> tuple[int, ...]:
    """The posts that are there, newest first."""
    everything = range(post_total(world) - 1, -1, -1)
    return tuple(post for post in everything if post_alive(world, post))


@lru_cache(maxsize=64)
def index(world: World, order: str) -> tuple[int, ...]:
    """The posts of the whole community in an order; newest first where there is no such order."""
    found = _there(world)
    if order in WINDOWS:
        since = world.now - timedelta(days=WINDOWS[order])
        fresh = [post for post in found if post_published(world, post) >= since]
        return tuple(sorted(fresh, key=lambda post: -post_praise(world, post)))
    if order == NEWEST_REPLY:
        late = {post: number(world.seed, post, "reply") % 9 for post in found}
        return tuple(sorted(found, key=lambda post: (post + late[post], post), reverse=True))
    if order == COLUMNS:
        return tuple(post for post in found if post % 4 == 1)
    return found


def of_topic(world: World, topic: int, order: str) -> tuple[int, ...] | None:
    """The posts of a topic; None where there is no such topic."""
    if not 0 <= topic < TOPICS:
        return None
    return tuple(post for post in index(world, order) if topic in topic_numbers(post))


@lru_cache(maxsize=64)
def of_writer(world: World, reader: int) -> tuple[int, ...]:
    """The posts of a reader, newest first."""
    return tuple(post for post in _there(world) if writer(world, post) == reader)


def part(posts: tuple[int, ...], page: int, size: int = PAGE_SIZE) -> tuple[int, ...]:
    """One page of a list, counted from 1; empty past the end."""
    return posts[(page - 1) * size : page * size] if page > 0 else ()
