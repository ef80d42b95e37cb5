"""What is written below an article: how many comments, which answers which, what becomes of each.

Comment ``turn`` of an entry counts from its oldest. Fates go by remainders, as those of entries do.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from replica.timeline import BEIJING, World
from replica.words import number

FEW, MANY = 45, 800
"""Most articles have fewer than FEW comments; one in twenty has more than a hundred."""
LATE, LATE_DAYS = 2, 5
"""Comments that one article in three gets on each of so many later days."""
REACH = 6
"""An answer answers one of so many comments before it."""
HOT = 60
"""Praises from which a comment counts as hot."""
OPEN, DISABLED, CLOSED = 1, 2, 3
TEMPO = timedelta(seconds=2)
"""From one comment to the next: those of the evening's last article are there when the day is seen."""


def state(entry: int) -> int:
    """OPEN, DISABLED (shown, but none can be added) or CLOSED (none is shown)."""
    return {31: CLOSED, 13: DISABLED}.get(entry % 50, OPEN)


def age(world: World, entry: int) -> int:
    """Days since the entry was published, or since the epoch where that is later."""
    return world.day - max(world.day_of(entry), 0)


def _first(world: World, entry: int) -> int:
    """Comments of the day on which the entry was published."""
    if entry % 13 == 6:
        return 0
    chance = number(world.seed, entry, "comments")
    return 100 + chance % MANY if entry % 20 == 2 else chance % FEW


def written(world: World, entry: int) -> int:
    """Comments ever written below the entry, deleted ones included."""
    first = _first(world, entry)
    late = LATE * min(age(world, entry), LATE_DAYS) if first and entry % 3 == 1 else 0
    return first + late


def deleted(world: World, entry: int, turn: int) -> bool:
    """Whether nothing but its place is left of a comment: at once, or from the second day on."""
    fate = turn % 34
    return fate == 8 or (fate == 25 and age(world, entry) >= 2)


def listed(world: World, entry: int) -> list[int]:
    """The comments that are there, oldest first."""
    turns = range(written(world, entry))
    return [turn for turn in turns if not deleted(world, entry, turn)]


def comment_count(world: World, entry: int) -> int:
    """How many comments an entry has; whatever prints a number prints this one."""
    total = written(world, entry)
    gone = len(range(8, total, 34))
    return total - gone - (len(range(25, total, 34)) if age(world, entry) >= 2 else 0)


def parent(world: World, entry: int, turn: int) -> int | None:
    """The comment that a comment answers: three in ten answer one."""
    chance = number(world.seed, entry, turn, "parent")
    if turn == 0 or chance % 10 >= 3:
        return None
    return turn - 1 - chance // 10 % min(turn, REACH)


def above(world: World, entry: int, turn: int) -> Iterator[int]:
    """What a comment answers, what that answers, and so on up to the one that opened it all."""
    higher = parent(world, entry, turn)
    while higher is not None:
        yield higher
        higher = parent(world, entry, higher)


def replies(world: World, entry: int, turn: int) -> int:
    """How many comments that are there answer this one."""
    after = range(turn + 1, min(turn + REACH + 1, written(world, entry)))
    return sum(
        parent(world, entry, later) == turn and not deleted(world, entry, later) for later in after
    )


def praise(world: World, entry: int, turn: int) -> int:
    """赞; of one comment in seven the number grows for some days."""
    if turn % 31 == 7:
        return number(world.seed, entry, turn, "praise") % 2 * 20
    grown = 2 * min(age(world, entry), LATE_DAYS) if turn % 7 == 2 else 0
    return number(world.seed, entry, turn, "praise") % 80 + grown


def tread(world: World, entry: int, turn: int) -> int:
    """踩; now and then a hundred and more."""
    chance = number(world.seed, entry, turn, "tread")
    return 100 + chance % 60 if turn % 31 in (7, 20) else chance % 9


def hottest(world: World, entry: int) -> list[int]:
    """The comments that are there, most praised first."""
    return sorted(listed(world, entry), key=lambda turn: -praise(world, entry, turn))


def hot(world: World, entry: int) -> list[int]:
    """The hot ones among them."""
    return [turn for turn in hottest(world, entry) if praise(world, entry, turn) >= HOT]


def moment(world: World, entry: int, turn: int) -> datetime:
    """When a comment was written."""
    late = turn - _first(world, entry)
    if late < 0:
        return world.published(entry) + TEMPO * (turn + 1)
    day = max(world.day_of(entry), 0) + 1 + late // LATE
    noon = datetime.combine(world.epoch + timedelta(days=day), time(12), BEIJING)
    return noon + timedelta(minutes=37 * (late % LATE) + entry % 300)
