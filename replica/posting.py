"""The calendar of readers' posts (风闻): post ``p`` lives beside entry ``2 p``, and stubs lead to some.

As with entries, all follows from the seed and ``p`` by arithmetic, and fates go by remainders.
"""

from datetime import datetime, time, timedelta

from replica.timeline import BEIJING, World
from replica.words import number

FIRST_IDS = {"2019": 170_000, "2026": 1_600_000, "mixed": 1_600_000}
ID_STEP = 3
"""Ids that a post owns; it has one of them."""
USER = "https://user.guancha.cn"


def post_total(world: World) -> int:
    """Posts written until this day, deleted ones included; a site of ten entries has five."""
    return (world.total + 1) // 2


def post_id(world: World, post: int) -> int:
    """The number in the post's URL."""
    return FIRST_IDS[world.era] + ID_STEP * post + number(world.seed, post, "post id") % ID_STEP


def post_url(world: World, post: int) -> str:
    """The post's canonical URL."""
    return f"{USER}/main/content?id={post_id(world, post)}"


def post_of(world: World, key: int) -> int | None:
    """The post with that number; None where none is alive."""
    post = (key - FIRST_IDS[world.era]) // ID_STEP
    known = 0 <= post < post_total(world) and post_id(world, post) == key
    return post if known and post_alive(world, post) else None


def post_day(world: World, post: int) -> int:
    """The day of the world on which the post was written, or 0 for an older one."""
    return max(world.day_of(2 * post), 0)


def post_published(world: World, post: int) -> datetime:
    """The second of publication; later posts are later."""
    return world.published(2 * post)


def post_alive(world: World, post: int) -> bool:
    """Whether the post is there on this day: of some, nothing is left from a later day on."""
    return post % 25 != 18 or post_day(world, post) + 1 + post // 25 % 10 > world.day


def post_edited(world: World, post: int) -> datetime | None:
    """When its writer changed the post, until this day."""
    day = post_day(world, post) + 1 + post // 9 % 6
    if post % 9 != 8 or day > world.day:
        return None
    return datetime.combine(world.epoch + timedelta(days=day), time(12), BEIJING)


def is_paid(entry: int) -> bool:
    """Whether a stub leads to a paid post of another host: every third one does."""
    return entry % 3 == 0


def post_of_stub(entry: int) -> int:
    """The post that a stub leads to; now and then two stubs lead to one post."""
    return (entry - 20 if entry % 80 == 56 else entry) // 2


def stubs_of(world: World, post: int) -> list[int]:
    """The living stubs that lead to the post."""
    return [
        entry
        for entry in (2 * post, 2 * post + 20)
        if world.alive(entry)
        and world.is_stub(entry)
        and not is_paid(entry)
        and post_of_stub(entry) == post
    ]
