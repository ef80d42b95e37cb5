"""Who is named in a piece, and in which words."""

from dataclasses import dataclass
from random import Random

from replica.kinds import Kind
from replica.places import Person
from replica.words import MEDIA, author_name, staff_name

HOUSE = "观察者网"
COLUMNIST = "观察者网专栏作者"
FIRST_REPORTER = 60
"""Reporters are numbered from here: editors have the numbers below."""


@dataclass(frozen=True)
class Credit:
    """One person of a byline."""

    name: str
    role: str
    role_raw: str
    affiliation: str | None = None


@dataclass(frozen=True)
class Signature:
    """The bylines of a piece."""

    head: str | None = None
    tail: str | None = None
    opens: bool = False
    """Whether the head opens the first paragraph, or has one of its own."""
    dateline: str = ""
    """Opens the first paragraph, names nobody, and is part of the text."""
    credits: tuple[Credit, ...] = ()


def _reporter(rng: Random) -> str:
    return staff_name(FIRST_REPORTER + rng.randrange(100))


def _staff(rng: Random) -> Signature:
    names = dict.fromkeys(_reporter(rng) for _ in range(2 if rng.random() < 0.15 else 1))
    space = " " if rng.random() < 0.8 else ""
    people = tuple(Credit(name, "author", "文", HOUSE) for name in names)
    return Signature(f"【文/{HOUSE}{space}{'、'.join(names)}】", opens=True, credits=people)


def _interview(rng: Random) -> Signature:
    first, second = _reporter(rng), _reporter(rng)
    if rng.random() < 0.3 or first == second:
        guest = author_name(rng.randrange(150, 180))[0]
        return Signature(f"【演讲/{guest}】", credits=(Credit(guest, "speaker", "演讲"),))
    return Signature(
        f"【采访/{HOUSE} {first} 整理/{second}】",
        credits=(Credit(first, "interviewer", "采访", HOUSE), Credit(second, "compiler", "整理")),
    )


def _column(rng: Random, box: tuple[Person, ...]) -> Signature:
    names = [person.name for person in box]
    form = rng.randrange(8)
    if form == 0:
        return Signature()
    house = form > 2 and len(names) == 1
    head = f"【文/{COLUMNIST} {names[0]}】" if house else f"【文/{'、'.join(names)}】"
    affiliation = COLUMNIST if house else None
    return Signature(
        head, credits=tuple(Credit(name, "author", "文", affiliation) for name in names)
    )


def _translated(rng: Random, box: tuple[Person, ...]) -> Signature:
    author, translator = box[0].name, _reporter(rng)
    mark = "，" if rng.random() < 0.6 else " "
    medium = rng.choice(
        [medium for medium in MEDIA if medium.startswith("《")] + ["“松塔评论”网站"]
    )
    return Signature(
        f"【文/{author}{mark}译/{HOUSE} {translator}】",
        f"（{HOUSE}{translator}译自{medium}）" if rng.random() < 0.8 else None,
        credits=(Credit(author, "author", "文"), Credit(translator, "translator", "译", HOUSE)),
    )


def sign(rng: Random, entry: int, kind: Kind, box: tuple[Person, ...]) -> Signature:
    """The bylines of one piece."""
    match kind:
        case Kind.STAFF:
            return _staff(rng)
        case Kind.INTERVIEW:
            return _interview(rng)
        case Kind.COLUMN:
            return _column(rng, box)
        case Kind.TRANSLATED:
            return _translated(rng, box)
        case Kind.MIXED:
            name = _reporter(rng)
            credit = Credit(name, "presenter", "视频", HOUSE)
            return Signature(f"【视频/{HOUSE} {name}】", credits=(credit,))
        case Kind.PLAIN if entry % 20 == 15:
            return Signature(dateline=f"（{HOUSE}讯）")
        case _:
            return Signature()
