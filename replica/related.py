"""The article lists beside an article, in page order."""

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from replica.addresses import gone_url, url_of
from replica.articles import Facts, list_title
from replica.listings import newest
from replica.places import (
    EDITORS,
    Subject,
    author_count,
    is_column,
    sections,
    subject,
    topic_count,
    topic_number,
)
from replica.threads import comment_count
from replica.timeline import GONE, World
from replica.words import draw, headline

RECOMMENDED, RECENT, BESIDE_TOPIC = 20, 5, 4
HEADLINES, HOT = 5, 16


@dataclass(frozen=True)
class Entry:
    """One entry of one list."""

    kind: str
    article_id: int
    url: str
    title: str
    shown: str = ""
    """The date as printed: to the minute, to the day, or not at all."""
    topic: Subject | None = None
    comments: int | None = None


def _entry(world: World, kind: str, entry: int, form: str = "") -> Entry:
    shown = world.published(entry).strftime(form) if form else ""
    url, title = url_of(world, entry), list_title(world, entry)
    return Entry(kind, world.id_of(entry), url, title, shown)


@lru_cache(maxsize=4096)
def _recommendation(world: World, entry: int) -> Entry:
    topic = topic_number(world, entry)
    plain = _entry(world, "recommended", entry, "%Y-%m-%d %H:%M")
    about = None if topic is None else subject(topic)
    return Entry(plain.kind, plain.article_id, plain.url, plain.title, plain.shown, about)


def _gone(world: World, entry: int) -> Entry:
    when = world.published(entry) - timedelta(minutes=7)
    title = headline(draw(world.seed, entry, "gone"))
    article_id, shown = world.spare_id(entry, GONE), when.strftime("%Y-%m-%d %H:%M")
    return Entry("recommended", article_id, gone_url(world, entry), title, shown)


def beside_topic(world: World, entry: int) -> list[Entry]:
    """The article and those before it in its topic."""
    step = 4 * topic_count(world)
    if topic_number(world, entry) is None:
        return []
    turns = range(entry, max(-1, entry - BESIDE_TOPIC * step), -step)
    return [_entry(world, "topic", turn) for turn in turns]


def recent(world: World, article: Facts) -> list[Entry]:
    """作者最近文章 of a column, 小编最近文章 of anything else that has an editor."""
    if article.box:
        kind, step = "by_author", 10
        if article.entry % 10 == 7:
            step = 10 * (author_count(world) - 1)
    elif article.editor:
        kind, step = "by_editor", EDITORS
    else:
        return []
    turns = range(article.entry, max(-1, article.entry - RECENT * step), -step)
    shown = [turn for turn in turns if kind == "by_author" or not is_column(turn)]
    return [_entry(world, kind, turn, "%Y-%m-%d") for turn in shown]


def recommended(world: World, entry: int) -> list[Entry]:
    """相关推荐: the section's entries before this one, then those after it."""
    step = len(sections(world))
    before = range(entry - step, max(-1, entry - (RECOMMENDED + 1) * step), -step)
    found = [_recommendation(world, turn) for turn in before]
    after = range(entry + step, world.total, step)[: RECOMMENDED - len(found)]
    found += [_recommendation(world, turn) for turn in after]
    if entry % 16 == 9:
        found.insert(2, _gone(world, entry))
    return found[:RECOMMENDED]


@lru_cache(maxsize=4)
def headlines(world: World) -> tuple[Entry, ...]:
    """观察者头条: the newest headlines of the day, whatever the article."""
    found = newest(world, "GuanChaZheTouTiao", HEADLINES)
    return tuple(
        Entry(
            "headline",
            world.id_of(turn),
            url_of(world, turn),
            list_title(world, turn),
            comments=comment_count(world, turn),
        )
        for turn in found
    )


@lru_cache(maxsize=4)
def hot(world: World) -> tuple[Entry, ...]:
    """最新闻 Hot: the newest entries of the day, whatever the article."""
    return tuple(_entry(world, "hot", turn) for turn in newest(world, "mainnews-gd", HOT))


def related(world: World, article: Facts) -> list[Entry]:
    """All entries in page order."""
    return [
        *beside_topic(world, article.entry),
        *recent(world, article),
        *recommended(world, article.entry),
        *headlines(world),
        *hot(world),
    ]
