"""One comment: all that is to be known of it on the world's day."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from random import Random

from replica import threads
from replica.articles import doc_id
from replica.readers import Reader, reader
from replica.timeline import World
from replica.words import draw, noun, sentence

PLACEHOLDER = "该评论已被删除"
"""What stands in place of a deleted comment; the site's own words are not known."""
BREAKS = ("<br>", "<br>\n", "<br />")
PER_ARTICLE = 1000
"""Numbers that an article's comments have for themselves."""


@dataclass(frozen=True)
class Remark:
    """A comment. Ids are the site's; root and parent are None where it answers none."""

    key: int
    root: int | None
    parent: int | None
    html: str
    lines: tuple[str, ...]
    """The same as read; a picture leaves none."""
    moment: datetime
    author: Reader
    from_weibo: bool
    is_member: bool
    praise: int
    tread: int
    replies: int
    flagged: bool
    """Whether the site itself says that it is folded."""
    deleted: bool

    @property
    def folded(self) -> bool:
        """Whether its text hides behind 此条评论已被折叠."""
        disliked = self.tread >= 100 and (not self.praise or self.tread / self.praise >= 4)
        return not self.deleted and (self.flagged or disliked)


def key(world: World, entry: int, turn: int) -> int:
    """The site's number for a comment; it grows with time below one article."""
    return doc_id(world, entry) * PER_ARTICLE + turn


def _line(rng: Random) -> tuple[str, str]:
    """A line as mark-up and as read."""
    words = sentence(rng)
    form = rng.randrange(12)
    if form == 0:
        return f"{escape(words)}&nbsp;&nbsp;&hellip;", f"{words} …"
    if form == 1:
        return f"{escape(words)}😀👍", f"{words}😀👍"
    if form == 2:
        thing = noun(rng)
        return f"<strong>{thing}</strong>：1 &lt; 2 &amp; {words}", f"{thing}：1 < 2 & {words}"
    return escape(words), words


def _text(rng: Random) -> tuple[str, tuple[str, ...]]:
    """One to three lines; now and then a picture among them."""
    parts = [_line(rng) for _ in range(rng.choice((1, 1, 1, 2, 3)))]
    marks = [mark for mark, _ in parts]
    if rng.random() < 0.05:
        picture = f'<img src="https://i.guancha.cn/bbs/comments/{rng.randrange(10**6)}.jpg">'
        marks.insert(rng.randint(1, len(marks)), picture)
    return rng.choice(BREAKS).join(marks), tuple(words for _, words in parts)


def remark(world: World, entry: int, turn: int) -> Remark:
    """The comment ``turn`` of the entry, counted from its oldest."""
    rng = draw(world.seed, entry, turn, "comment")
    html, lines = _text(rng)
    gone = threads.deleted(world, entry, turn)
    higher = list(threads.above(world, entry, turn))
    return Remark(
        key=key(world, entry, turn),
        root=key(world, entry, higher[-1]) if higher else None,
        parent=key(world, entry, higher[0]) if higher else None,
        html=PLACEHOLDER if gone else html,
        lines=(PLACEHOLDER,) if gone else lines,
        moment=threads.moment(world, entry, turn),
        author=reader(world, rng.randrange(10**6)),
        from_weibo=turn % 37 == 3,
        is_member=rng.random() < 0.1,
        praise=threads.praise(world, entry, turn),
        tread=threads.tread(world, entry, turn),
        replies=threads.replies(world, entry, turn),
        flagged=turn % 29 == 11,
        deleted=gone,
    )


def shown(moment: datetime, now: datetime) -> str:
    """A time as the site prints it beside a comment or a post, seen at ``now``."""
    if moment.date() == now.date():
        minutes = max(1, (now - moment) // timedelta(minutes=1))
        return f"{minutes}分钟前" if minutes < 60 else f"{minutes // 60}小时前"
    if moment.date() == now.date() - timedelta(days=1):
        return moment.strftime("昨天 %H:%M")
    return moment.strftime("%m-%d %H:%M" if moment.year == now.year else "%Y-%m-%d %H:%M")
