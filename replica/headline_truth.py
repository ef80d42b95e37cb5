"""What a perfect crawl would give of the home page, once its scripts have run, from the facts alone."""

from collections.abc import Iterator

from replica import boxes
from replica.addresses import url_of
from replica.articles import list_title, view_count
from replica.content import Record
from replica.posting import post_id, post_url
from replica.posts import post_comments, post_praise, post_title
from replica.remarks import remark
from replica.threads import comment_count
from replica.timeline import World

MINUTE = "%m-%d %H:%M"


def headlines(world: World) -> Iterator[Record]:
    """One line for each entry of each box, in the order of the boxes and of their entries."""
    first = boxes.headline(world)
    yield _article(world, "headline", 1, first) | _counted(world, first)
    for rank, entry in enumerate(boxes.main(world), 1):
        yield _article(world, "main", rank, entry) | _shown(world, rank, entry)
    for name, entries in (("fast", boxes.fast(world)), ("hot", boxes.hot(world))):
        for rank, entry in enumerate(entries, 1):
            raw = world.published(entry).strftime(MINUTE)
            yield _article(world, name, rank, entry) | {
                "date_published": world.published(entry).isoformat(),
                "date_published_raw": raw,
            }
    for rank, post in enumerate(boxes.hot_posts(world), 1):
        yield _post(world, rank, post)
    for rank, named in enumerate(boxes.hot_comments(world), 1):
        yield _comment(world, rank, named)


def _line(box: str, rank: int, title: str, url: str, **others: object) -> Record:
    empty = dict.fromkeys(
        (
            *("article_id", "post_id", "comment_id", "date_published", "date_published_raw"),
            *("view_count", "comment_count", "praise_count"),
        )
    )
    return {"box": box, "rank": rank, "title": title, "url": url} | empty | others


def _article(world: World, box: str, rank: int, entry: int) -> Record:
    title, url = list_title(world, entry), url_of(world, entry)
    return _line(box, rank, title, url, article_id=str(world.id_of(entry)))


def _counted(world: World, entry: int) -> Record:
    return {"view_count": view_count(world, entry), "comment_count": comment_count(world, entry)}


def _shown(world: World, rank: int, entry: int) -> Record:
    """The numbers beside an entry of 要闻: views alone since the change, and none at all beside some before."""
    if world.era != "2019":
        return {"view_count": view_count(world, entry)}
    return {} if boxes.is_bare(rank) else _counted(world, entry)


def _post(world: World, rank: int, post: int) -> Record:
    return _line(
        "hot_posts",
        rank,
        post_title(world, post),
        post_url(world, post),
        post_id=str(post_id(world, post)),
        comment_count=post_comments(world, post),
        praise_count=post_praise(world, post),
    )


def _comment(world: World, rank: int, named: boxes.Named) -> Record:
    """The title of a comment is its text, lines joined by a space."""
    said = remark(world, named.entry, named.turn)
    return _line(
        "hot_comments",
        rank,
        " ".join(said.lines),
        url_of(world, named.entry),
        article_id=str(world.id_of(named.entry)),
        comment_id=str(said.key),
        praise_count=said.praise,
    )
