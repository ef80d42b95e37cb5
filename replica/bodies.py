"""Bodies: which blocks a piece is made of, page by page."""

from dataclasses import dataclass, replace
from random import Random

from replica.addresses import printed, url_of
from replica.blocks import (
    Block,
    Byline,
    Items,
    Notice,
    Paragraph,
    Picture,
    Player,
    Run,
    Subhead,
    Table,
)
from replica.bylines import Signature, sign
from replica.kinds import Kind, page_count
from replica.places import Person
from replica.timeline import World
from replica.words import clause, draw, noun, number, paragraph, sentence

EXCLUSIVE = "本文系观察者网独家稿件，未经授权，不得转载。"
EXCLUSIVE_LONG = (
    "本文系观察者网独家稿件，文章内容纯属作者个人观点，不代表平台观点，"
    "未经授权，不得转载，否则将追究法律责任。"
)
SUFFIXES = ("", "", "", "!m.jpg", "?imageMogr2/thumbnail/800x", "?r=1791101976")


@dataclass(frozen=True)
class Body:
    """A piece's blocks and the people it names."""

    pages: tuple[tuple[Block, ...], ...]
    signature: Signature

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of all pages."""
        return tuple(block for page in self.pages for block in page)


@dataclass(frozen=True)
class Desk:
    """What the writing of one piece needs at hand."""

    world: World
    entry: int
    rng: Random
    indented: bool
    """Whether its paragraphs begin with two wide spaces."""


def body_of(world: World, entry: int, kind: Kind, box: tuple[Person, ...]) -> Body:
    """The body of one article, edits included."""
    rng = draw(world.seed, entry, "body")
    desk = Desk(world, entry, rng, rng.random() < 0.1)
    signature = sign(rng, entry, kind, box)
    pages = [_page(desk, kind) for _ in range(page_count(entry))]
    _sign(pages, signature)
    if kind is Kind.STAFF and entry % 3 == 0:
        pages[-1].append(Notice(EXCLUSIVE))
    elif box and entry % 4 == 2:
        pages[-1].append(Notice(EXCLUSIVE_LONG))
    for turn, _ in enumerate(world.edits(entry)):
        _edit(pages[-1], draw(world.seed, entry, "edit", turn))
    return Body(tuple(map(tuple, pages)), signature)


def _page(desk: Desk, kind: Kind) -> list[Block]:
    rng = desk.rng
    if kind is Kind.IMAGES:
        return [_picture(desk) for _ in range(rng.randint(2, 6))]
    if kind is Kind.VIDEO:
        return [_player(desk)]
    blocks: list[Block] = [_player(desk)] if kind is Kind.MIXED else []
    for turn in range(rng.randint(3, 8)):
        blocks.append(_paragraph(desk))
        if turn:
            blocks.extend(_extra(desk))
    return [*blocks, Paragraph((Run(paragraph(rng)),))]


def _sign(pages: list[list[Block]], signature: Signature) -> None:
    """Puts the bylines where they belong."""
    head, first = signature.head, pages[0][0]
    if head and signature.opens and isinstance(first, Paragraph):
        pages[0][0] = replace(first, opening=head, tag="p")
    elif head:
        pages[0].insert(0, Byline(head))
    elif signature.dateline and isinstance(first, Paragraph):
        pages[0][0] = replace(first, runs=(Run(signature.dateline), *first.runs))
    if signature.tail:
        pages[-1].append(Byline(signature.tail))


def _edit(page: list[Block], rng: Random) -> None:
    """Rewrites the last paragraph, as an editor would."""
    last = max(at for at, block in enumerate(page) if isinstance(block, Paragraph))
    page[last] = Paragraph((Run(paragraph(rng)),))


def _extra(desk: Desk) -> list[Block]:
    """What may stand between two paragraphs."""
    rng = desk.rng
    chance = rng.random()
    if chance < 0.14:
        return [Subhead(noun(rng) + "与" + noun(rng) if chance < 0.1 else clause(rng))]
    if chance < 0.34:
        return [_picture(desk)]
    if chance < 0.36:
        heads = tuple(noun(rng) for _ in range(3))
        rows = tuple(
            (noun(rng), str(rng.randrange(900)), f"{rng.randrange(99)}%") for _ in range(3)
        )
        return [Table((heads, *rows))]
    if chance < 0.4:
        tag = "ul" if chance < 0.38 else "ol"
        return [Items(tag, tuple(sentence(rng) for _ in range(rng.randint(2, 4))))]
    if chance < 0.43:
        return [Items("blockquote", tuple(paragraph(rng) for _ in range(rng.randint(1, 2))))]
    if chance < 0.47:
        return [Paragraph((Run(paragraph(rng)),), tag="bare" if chance < 0.455 else "div")]
    return []


def _paragraph(desk: Desk) -> Paragraph:
    rng = desk.rng
    runs = [Run("\u3000\u3000", "wide")] if desk.indented else []
    runs.append(Run(paragraph(rng)))
    chance = rng.random()
    if chance < 0.08:
        runs += [Run(noun(rng), "strong"), Run(sentence(rng))]
    elif chance < 0.14:
        runs += [Run("\n", "break"), Run(sentence(rng))]
    elif chance < 0.2:
        runs += [Run("\xa0", "nbsp"), Run(sentence(rng))]
    elif chance < 0.24:
        runs += [Run("\u3000", "wide"), Run(sentence(rng))]
    elif chance < 0.34:
        runs += [Run(f"此前，{noun(rng)}曾有"), _link(desk), Run(f"，{sentence(rng)}")]
    return Paragraph(tuple(runs))


def _link(desk: Desk) -> Run:
    rng, text = desk.rng, f"《{noun(desk.rng)}纪事》"
    target = desk.entry - rng.randint(1, 60)
    if target < 0 or rng.random() < 0.25:
        url = f"https://www.example.org/{rng.randrange(10_000)}.html"
        return Run(text, "link", url, url)
    url = url_of(desk.world, target)
    return Run(text, "link", printed(url, rng.randrange(55), rng.choice(("", "", "#comment"))), url)


def _picture(desk: Desk) -> Picture:
    rng, world = desk.rng, desk.world
    old = world.old(desk.entry)
    stamp = f"{world.published(desk.entry):%Y%m%d%H%M%S}{rng.randrange(1000):03}"
    folder = f"{stamp[:4]}/{stamp[4:6]}/{stamp[6:8]}/{stamp}"
    name = folder if old else f"mainland/{number(world.seed, desk.entry, stamp):016x}"
    tail = f"//i.guancha.cn/news/{name}.jpg{rng.choice(SUFFIXES)}"
    src = tail if rng.random() < 0.1 else "https:" + tail
    caption = None
    if rng.random() < 0.6:
        words = (f"图自{noun(rng)}社", f"{noun(rng)}资料图", f"{noun(rng)}报道截图", clause(rng))
        caption = rng.choice(words)
    form = rng.choice(("bare", "bare", "bigimg")) if old else "new"
    return Picture(src, "https:" + tail, caption, form)


def _player(desk: Desk) -> Player:
    rng = desk.rng
    url = (
        f"https://vod.guancha.cn/vod-player/{rng.randrange(10**9)}/vod-player.html"
        "?autoplay=false&width=1280&height=720"
    )
    caption = f"{noun(rng)}现场视频" if rng.random() < 0.25 else None
    return Player(url, caption, rng.random() < 0.5)
