"""What a perfect crawl would give of readers' posts, from the facts alone."""

from collections.abc import Iterator

from replica.blocks import Paragraph, Picture
from replica.content import Record
from replica.posting import post_alive, post_total, stubs_of
from replica.posts import Post, post_facts
from replica.remarks import shown
from replica.timeline import World


def posts(world: World) -> Iterator[Record]:
    """One line for each post that is there, oldest first; times are the true ones."""
    for post in range(post_total(world)):
        if post_alive(world, post):
            facts = post_facts(world, post)
            yield _head(world, facts) | _body(facts) | _counts(facts)


def _head(world: World, post: Post) -> Record:
    return {
        "post_id": str(post.post_id),
        "url": post.url,
        "stub_ids": [str(world.id_of(entry)) for entry in stubs_of(world, post.post)],
        "title": post.title,
        "date_published": post.published.isoformat(),
        "date_published_raw": shown(post.published, world.now),
        "author_id": str(post.author.user_id),
        "author_name": post.author.name,
        "topics": [{"topic_id": str(each.topic_id), "name": each.name} for each in post.topics],
    }


def _body(post: Post) -> Record:
    paragraphs: list[str] = []
    images: list[Record] = []
    links: list[Record] = []
    for block in post.blocks:
        position = len(paragraphs)
        if isinstance(block, Picture):
            images.append({"url": block.url, "caption": block.caption, "position": position})
        elif isinstance(block, Paragraph):
            linked = [run for run in block.runs if run.style == "link"]
            links += [{"text": run.text, "url": run.url, "paragraph": position} for run in linked]
            paragraphs += block.texts
    return {
        "text": "\n\n".join(paragraphs),
        "paragraphs": paragraphs,
        "images": images,
        "links": links,
        "page_count": len(post.parts),
    }


def _counts(post: Post) -> Record:
    return {
        "view_count": post.views,
        "comment_count": post.comments,
        "praise_count": post.praise,
        "collect_count": post.collects,
    }
