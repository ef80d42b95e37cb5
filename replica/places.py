"""Who and where: sections, columnists, topics and editors, and which entry belongs to which.

Membership is a remainder, so that each listing is an arithmetic progression of entries.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import isqrt
from urllib.parse import quote

from replica.timeline import World
from replica.words import FIRST, SECOND, author_name, draw, staff_name

OLD_SECTIONS = (
    "internation",
    "politics",
    "economy",
    "military-affairs",
    "industry-science",
    "society",
)
NEW_SECTIONS = {
    "ZhengZhi": ("时政", "politics"),
    "GuoJi·ZhanLue": ("国际", "internation"),
    "CaiJing": ("财经", "economy"),
    "JunShi": ("军事", "military-affairs"),
    "GongYe·KeJi": ("科技", "industry-science"),
    "qiche": ("观出行", "industry-science"),
    "GuanJinRong": ("观金融", "economy"),
    "ChanJing": ("产经", "economy"),
    "ChengShi": ("城事", "society"),
}
"""Slug since the change: its name, and the slug that its articles had before."""
EDITORS = 12
SPECIALS = {
    "mainnews-yw": (3, 0),
    "mainnews-sp": (5, 2),
    "mainnews-gd": (1, 0),
    "GuanChaZheTouTiao": (10, 0),
    "gczvideo": (10, 8),
}
"""Special listings: modulus and remainder of the entries they show."""


@dataclass(frozen=True)
class Person:
    """A columnist."""

    name: str
    slug: str
    job_title: str

    @property
    def url(self) -> str:
        """The columnist's canonical page."""
        return f"https://www.guancha.cn/{self.slug}"


@dataclass(frozen=True)
class Subject:
    """A special topic."""

    name: str
    slug: str

    @property
    def url(self) -> str:
        """The topic's canonical page."""
        return f"https://www.guancha.cn/{quote(self.slug)}"


def sections(world: World) -> tuple[str, ...]:
    """The slugs that have a section listing."""
    return OLD_SECTIONS if world.era == "2019" else tuple(NEW_SECTIONS)


def section_number(world: World, entry: int) -> int:
    """Which section listing shows the entry."""
    return (entry + world.seed) % len(sections(world))


def section_slug(world: World, entry: int, neighbour: int = 0) -> str:
    """The section slug printed in the entry's URL; ``neighbour`` counts on to another section."""
    names = sections(world)
    slug = names[(section_number(world, entry) + neighbour) % len(names)]
    return NEW_SECTIONS[slug][1] if world.era == "mixed" and world.old(entry) else slug


def is_column(entry: int) -> bool:
    """Whether a columnist wrote the entry."""
    return entry % 5 == 2


def author_count(world: World) -> int:
    """How many columnists write; the first of them writes half of all columns."""
    return min(max(isqrt(world.articles) // 2, 2), 150)


def author_number(world: World, entry: int) -> int:
    """Which columnist wrote the column."""
    if entry % 10 == 2:
        return 0
    return entry // 10 % (author_count(world) - 1) + 1


def person(world: World, index: int) -> Person:
    """The columnist of that number."""
    name, slug = author_name(index)
    rng = draw(world.seed, index, "person")
    where = rng.choice(FIRST) + rng.choice(SECOND)
    return Person(name, slug, f"{where}{rng.choice(('大学', '研究院', '智库', '学会'))}研究员")


def topic_count(world: World) -> int:
    """How many special topics there are."""
    return min(max(world.articles // 60, 4), 60)


def topic_number(world: World, entry: int) -> int | None:
    """Which topic the entry belongs to."""
    return entry // 4 % topic_count(world) if entry % 4 == 1 else None


def subject(index: int) -> Subject:
    """The topic of that number."""
    name = FIRST[index % len(FIRST)] + SECOND[index * 7 % len(SECOND)] + "观察"
    return Subject(name, f"ZhuanTi{index + 1}" if index % 3 else f"Guan·Cha{index + 1}")


def editor(world: World, entry: int) -> str | None:
    """The editor in charge, by whom no one signs one entry in fifteen."""
    return None if entry % 15 == 6 else staff_name((entry + world.seed) % EDITORS)


def progression(world: World, slug: str) -> tuple[int, int] | None:
    """Modulus and remainder of the entries of a listing, or None where there is no such listing."""
    if slug in SPECIALS:
        return SPECIALS[slug]
    names = sections(world)
    if slug in names:
        return len(names), (names.index(slug) - world.seed) % len(names)
    return _progressions(world).get(slug)


@lru_cache(maxsize=4)
def _progressions(world: World) -> dict[str, tuple[int, int]]:
    """Those of authors and topics."""
    others = author_count(world) - 1
    found = {person(world, 0).slug: (10, 2)}
    for index in range(1, others + 1):
        found[person(world, index).slug] = (10 * others, 10 * (index - 1) + 7)
    topics = topic_count(world)
    return found | {subject(index).slug: (4 * topics, 4 * index + 1) for index in range(topics)}


def people(world: World) -> Iterator[Person]:
    """All columnists."""
    return (person(world, index) for index in range(author_count(world)))
