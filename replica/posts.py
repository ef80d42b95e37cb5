"""All facts of one reader's post on one day."""

from dataclasses import dataclass
from datetime import datetime
from random import Random

from replica.addresses import printed, url_of
from replica.articles import list_title
from replica.blocks import Block, Paragraph, Picture, Run
from replica.posting import post_edited, post_id, post_published, post_url
from replica.readers import Reader, reader
from replica.timeline import World
from replica.words import FIRST, SECOND, draw, headline, noun, number, paragraph, sentence

TOPICS, FIRST_TOPIC, TOPIC_STEP = 8, 300, 17
WRITERS = 20
"""So few of the readers write posts, so that each writes several."""
PARTS = 3
"""In so many parts a long post is shown, unless its whole is asked for."""


@dataclass(frozen=True)
class PostTopic:
    """A topic of the community: something else than a special topic of the articles."""

    topic_id: int
    name: str


@dataclass(frozen=True)
class Post:
    """A post as it stands."""

    post: int
    post_id: int
    url: str
    title: str
    author: Reader
    published: datetime
    topics: tuple[PostTopic, ...]
    parts: tuple[tuple[Block, ...], ...]
    views: int
    comments: int
    praise: int
    collects: int

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The whole body."""
        return tuple(block for part in self.parts for block in part)


def post_topic(index: int) -> PostTopic:
    """The topic of that number."""
    name = SECOND[index * 5 % len(SECOND)] + FIRST[index * 3 % len(FIRST)]
    return PostTopic(FIRST_TOPIC + TOPIC_STEP * index, f"{name}话题")


def topic_numbers(post: int) -> tuple[int, ...]:
    """Which topics a post is filed under: none, one or two."""
    first = (post % TOPICS,) if post % 3 else ()
    second = (post // TOPICS % TOPICS,) if post % 5 == 1 else ()
    return tuple(dict.fromkeys(first + second))


def writer(world: World, post: int) -> int:
    """The number of the reader who wrote the post."""
    return number(world.seed, post, "writer") % WRITERS


def post_title(world: World, post: int) -> str:
    """The headline: of a post behind a stub, the stub's."""
    if world.is_stub(2 * post):
        return list_title(world, 2 * post)
    return headline(draw(world.seed, post, "post title"))


def post_comments(world: World, post: int) -> int:
    """How many comments a post has."""
    return number(world.seed, post, "post comments") % 200


def post_praise(world: World, post: int) -> int:
    """How many readers liked a post."""
    return number(world.seed, post, "post praise") % 500


def _picture(rng: Random) -> Picture:
    path = f"https://i.guancha.cn/bbs/{rng.randrange(10**6)}.jpg"
    caption = f"{noun(rng)}旁的{noun(rng)}（图）" if rng.random() < 0.5 else None
    suffix = rng.choice(("", "?imageView2/2/w/500/format/jpg"))
    return Picture(path + suffix, path + suffix, caption, rng.choice(("bare", "bigimg")))


def _linked(world: World, post: int, rng: Random) -> Paragraph:
    """A paragraph that points to an article of the same hour."""
    entry = max(2 * post - 1, 0)
    url = url_of(world, entry)
    link = Run(list_title(world, entry), "link", printed(url, 9), url)
    return Paragraph((Run(sentence(rng) + "参看"), link, Run("。")))


def _blocks(world: World, post: int) -> list[Block]:
    rng = draw(world.seed, post, "post body")
    blocks: list[Block] = []
    for turn in range(rng.randint(12, 18) if post % 6 == 2 else rng.randint(1, 7)):
        if rng.random() < 0.2:
            blocks.append(_picture(rng))
        blocks.append(
            _linked(world, post, rng)
            if turn == 1 and post % 4 == 3
            else Paragraph((Run(paragraph(rng)),))
        )
    if post_edited(world, post):
        blocks.append(Paragraph((Run("更新：" + paragraph(rng)),)))
    return blocks


def post_facts(world: World, post: int) -> Post:
    """Everything about one post on the world's day."""
    blocks = _blocks(world, post)
    size = -(-len(blocks) // PARTS) if post % 6 == 2 else len(blocks)
    starts = range(0, len(blocks), size)
    return Post(
        post=post,
        post_id=post_id(world, post),
        url=post_url(world, post),
        title=post_title(world, post),
        author=reader(world, writer(world, post)),
        published=post_published(world, post),
        topics=tuple(map(post_topic, topic_numbers(post))),
        parts=tuple(tuple(blocks[start : start + size]) for start in starts),
        views=number(world.seed, post, "post views") % 200_000,
        comments=post_comments(world, post),
        praise=post_praise(world, post),
        collects=number(world.seed, post, "post collects") % 50,
    )


def summary(post: Post) -> str:
    """The beginning of the post, as lists show it."""
    words = next(block.texts[0] for block in post.blocks if isinstance(block, Paragraph))
    return words[:50] + "…"
