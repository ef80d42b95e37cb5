"""What a perfect crawl would give of readers' comments, from the facts alone."""

from collections.abc import Iterator

from replica import threads
from replica.articles import doc_id
from replica.content import Record
from replica.remarks import Remark, remark, shown
from replica.timeline import World


def comments(world: World) -> Iterator[Record]:
    """One line for each comment of each living article, by article and oldest first.

    A deleted comment has a line where a comment that is there quotes it; a closed article has none.
    """
    for entry in range(world.total):
        sound = world.alive(entry) and not world.is_stub(entry)
        if sound and threads.state(entry) != threads.CLOSED:
            yield from _below(world, entry)


def _below(world: World, entry: int) -> Iterator[Record]:
    there = set(threads.listed(world, entry))
    hot = set(threads.hot(world, entry))
    quoted = {threads.parent(world, entry, turn) for turn in there}
    for turn in range(threads.written(world, entry)):
        if turn in there or turn in quoted:
            said = remark(world, entry, turn)
            others = {"is_hot": turn in hot, "is_quoted": turn not in there}
            yield _line(world, entry, said) | others


def _line(world: World, entry: int, said: Remark) -> Record:
    """Times are the true ones; beside them, what the site shows of them."""
    return {
        "comment_id": str(said.key),
        "article_id": str(world.id_of(entry)),
        "doc_id": str(doc_id(world, entry)),
        "root_id": said.root and str(said.root),
        "parent_id": said.parent and str(said.parent),
        "text": "\n".join(said.lines),
        "date_published": said.moment.isoformat(),
        "date_published_raw": shown(said.moment, world.now),
        "user_id": str(said.author.user_id),
        "user_nick": said.author.name,
        "from_weibo": said.from_weibo,
        "is_member": said.is_member,
        "praise_count": said.praise,
        "tread_count": said.tread,
        "reply_count": said.replies,
        "status": "deleted" if said.deleted else "folded" if said.folded else "shown",
    }
