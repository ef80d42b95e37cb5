"""All facts of one entry on one day: mark-up and truth are both made from them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from replica.addresses import alternate_slug, canonical, slug_of
from replica.blocks import Picture
from replica.bodies import Body, body_of
from replica.kinds import Kind, kind_of
from replica.places import (
    Person,
    Subject,
    author_count,
    author_number,
    editor,
    is_column,
    person,
    subject,
    topic_number,
)
from replica.timeline import World
from replica.words import MEDIA, draw, headline, noun, number, sentence

DISCLAIMER = "本文仅代表作者个人观点。"
SUPPORT = "请支持独立网站，转发请注明本文链接："


@dataclass(frozen=True)
class Facts:
    """One article as it stands."""

    entry: int
    article_id: int
    old: bool
    kind: Kind
    slug: str
    alternate_slug: str | None
    published: datetime
    modified: datetime | None
    title: str
    list_title: str
    original_title: str | None
    source: str | None
    box: tuple[Person, ...]
    editor: str | None
    description: str | None
    tags: tuple[str, ...]
    topic: Subject | None
    body: Body
    image: str | None
    disclaimer: bool
    doc_id: int

    @property
    def url(self) -> str:
        """The canonical URL."""
        return canonical(self.slug, self.published, self.article_id)


@lru_cache(maxsize=20_000)
def list_title(world: World, entry: int) -> str:
    """The words by which listings announce the entry; an edit leaves them alone."""
    return headline(draw(world.seed, entry, "title"))


def view_count(world: World, entry: int) -> int:
    """Views, as lists print them."""
    return number(world.seed, entry, "views") % 300_000


def _box(world: World, entry: int) -> tuple[Person, ...]:
    if not is_column(entry):
        return ()
    first = author_number(world, entry)
    count = author_count(world)
    if entry % 35 == 12 and count > 2:
        return person(world, first), person(world, (first + 1) % count)
    return (person(world, first),)


def _title(world: World, entry: int, kind: Kind, box: tuple[Person, ...]) -> str:
    text = list_title(world, entry)
    if world.edits(entry) and entry % 16 == 3:
        text = headline(draw(world.seed, entry, "new title"))
    elif kind is Kind.STAFF and entry % 7 == 3:
        text += "，" + noun(draw(world.seed, entry, "longer title"))
    return f"{box[0].name}：{text}" if box else text


def _modified(world: World, entry: int) -> datetime | None:
    edits = world.edits(entry)
    if edits:
        return edits[-1]
    share = 60 if world.old(entry) else 20
    chance = number(world.seed, entry, "modified")
    if chance % 100 >= share:
        return None
    return world.published(entry) + timedelta(seconds=60 + chance // 100 % 900)


def doc_id(world: World, entry: int) -> int:
    """The key of the comments: the id since the change, another number before."""
    article_id = world.id_of(entry)
    return article_id - 93_424 + entry // 7 if world.old(entry) else article_id


def facts(world: World, entry: int) -> Facts:
    """Everything about one article (not a stub) on the world's day."""
    rng = draw(world.seed, entry, "facts")
    kind = kind_of(entry)
    old = world.old(entry)
    box = _box(world, entry)
    published = world.published(entry)
    body = body_of(world, entry, kind, box)
    topic = topic_number(world, entry)
    relayed = kind is Kind.RELAYED
    source = rng.choice(MEDIA) if relayed else None if entry % 40 == 24 else "观察者网"
    first = next((block.url for block in body.blocks if isinstance(block, Picture)), None)
    return Facts(
        entry=entry,
        article_id=world.id_of(entry),
        old=old,
        kind=kind,
        slug=slug_of(world, entry),
        alternate_slug=alternate_slug(world, entry),
        published=published,
        modified=_modified(world, entry),
        title=_title(world, entry, kind, box),
        list_title=list_title(world, entry),
        original_title=headline(rng) if relayed and rng.random() < 0.8 else None,
        source=source,
        box=box,
        editor=editor(world, entry),
        description=sentence(rng) if rng.random() < (0.7 if old else 0.3) else None,
        tags=tuple(dict.fromkeys(noun(rng) for _ in range(rng.choice((0, 0, 1, 2, 3, 4))))),
        topic=None if topic is None else subject(topic),
        body=body,
        image=first if old else None,
        disclaimer=bool(box) and rng.random() < 0.7,
        doc_id=doc_id(world, entry),
    )
