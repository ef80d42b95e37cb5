"""The home page of either era; both end in the columnists by letter, which no article page has."""

from functools import lru_cache

from replica.addresses import SITE, printed, url_of
from replica.articles import list_title, view_count
from replica.boxes import headline, is_bare, main
from replica.listings import listed, newest
from replica.pages.body import text
from replica.pages.frame import FOOT, head, navigation
from replica.pages.scripts import HOME
from replica.pages.sidebar import ghost_link
from replica.places import (
    OLD_SECTIONS,
    author_number,
    people,
    person,
    sections,
    subject,
    topic_number,
)
from replica.threads import comment_count
from replica.timeline import World
from replica.words import draw, sentence

LETTERS = "ABCDFGHJKLMNOPQRSTWXYZ"
NAME = "观察者网-中国关怀 全球视野"
OPINIONS = 30


def _link(world: World, entry: int, noise: str = "") -> str:
    href = printed(url_of(world, entry), entry, noise)
    return f'<a href="{href}" target="_blank">{text(list_title(world, entry))}</a>'


def _earlier(world: World, entry: int) -> str:
    """Up to two older pieces of the same section below an item."""
    step = len(sections(world))
    turns = range(entry - step, max(-1, entry - 3 * step), -step)
    return "".join(
        f'<div class="resemble-art c_hidden">· {_link(world, turn, "?s=sywglbt")}</div>\n'
        for turn in turns
        if listed(world, turn)
    )


def _interact(world: World, entry: int) -> str:
    href = printed(url_of(world, entry), 0)
    topic = topic_number(world, entry)
    key = ""
    if topic is not None:
        about = subject(topic)
        path = about.url.removeprefix(SITE)
        key = f'<a href="{path}?s=syztbq" class="interact-key" target="_blank">{text(about.name)}</a>\n'
    views = view_count(world, entry)
    comments = comment_count(world, entry)
    return (
        f'<div class="module-interact">\n<a href="{href}" class="interact-attention">{views}'
        "</a>\n"
        f'<a href="{href}#comment" class="interact-comment">{comments}</a>\n{key}</div>\n'
    )


def _headline(world: World) -> str:
    entry = headline(world)
    others = "".join(
        f'<li class="c_hidden">· {_link(world, turn, "?s=sywglbt")}</li>\n'
        for turn in newest(world, "GuanChaZheTouTiao", 2, 1)
    )
    return (
        f'<div class="content-headline">\n<h3>{_link(world, entry)}</h3>\n'
        f'<a href="{printed(url_of(world, entry), 0)}">'
        f'<img src="https://i.guancha.cn/news/{entry}.jpg"></a>\n'
        f'<ul class="content-headline-other">\n<li>\n{_interact(world, entry)}</li>\n{others}'
        "</ul>\n</div>\n"
    )


def _opinion(world: World, entry: int) -> str:
    author = person(world, author_number(world, entry))
    href = printed(url_of(world, entry), 0)
    abstract = text(sentence(draw(world.seed, entry, "abstract")))
    return (
        f'<li>\n<h4 class="module-title">\n{_link(world, entry)}\n</h4>\n'
        '<div class="author-intro fix">\n'
        f'<a href="../{author.slug}" title="{author.name}"><img class="lazy height45" '
        f'data-original="https://i.guancha.cn/authors/{author.slug}.png" alt="{author.name}">'
        "</a>\n"
        f'<p><a href="../{author.slug}">{author.name}</a><span>{author.job_title}</span></p>\n'
        "</div>\n"
        f'<a href="{href}" class="module-img"><img class="lazy height142" '
        f'data-original="https://i.guancha.cn/news/{entry}.jpg"></a>\n'
        f'<p class="module-artile">{abstract}<a href="{href}">[全文]</a>\n'
        f"</p>\n{_interact(world, entry)}{_earlier(world, entry)}</li>\n"
    )


def _item(world: World, entry: int, turn: int) -> str:
    """An item of the middle column: some open a second ``li`` inside, some never close."""
    nested = '<li style="padding-top:0px;">\n' if turn % 9 == 0 else ""
    opening = f'<li>\n<h4 class="module-title">{_link(world, entry)}</h4>\n'
    if is_bare(turn):
        return opening + nested
    return (
        f"{opening}<!-- 有浮层图片 start -->\n"
        f'<div class="fastRead-img">\n<a href="{printed(url_of(world, entry), 0)}">'
        f'<img class="lazy height259" data-original="https://i.guancha.cn/news/{entry}.jpg"></a>\n'
        f"</div>\n<!-- 互动模块 start -->\n{_interact(world, entry)}<!-- 相关文章标题 start -->\n"
        f"{_earlier(world, entry)}{nested}</li>\n"
    )


def _new_item(world: World, entry: int) -> str:
    views = view_count(world, entry)
    return (
        f'<li><h4 class="module-title">{_link(world, entry)}</h4>\n<div class="fastRead-img">'
        f'<a href="{printed(url_of(world, entry), 0)}">'
        f'<img data-original="https://i.guancha.cn/news/{entry}.jpg"></a></div>\n'
        '<div class="module-interact">'
        '<span class="module-interact-creator">编辑部</span>\n'
        f'<a data-sensor="阅读数">阅读 {views}</a></div></li>\n'
    )


def _columnists(world: World) -> str:
    everyone = sorted(people(world), key=lambda author: author.slug.lower())
    groups = ""
    for letter in LETTERS:
        links = " ".join(
            f'<a href="../{author.slug}/list_1.shtml">{author.name}</a>'
            for author in everyone
            if author.slug[0].upper() == letter
        )
        groups += f'<dl class="fix">\n<dt>{letter}</dt>\n<dd>{links}</dd>\n</dl>\n'
    others = " ".join(
        f'<a href="../{author.slug}/list_1.shtml">{author.name}</a>'
        for author in everyone
        if author.slug[0].upper() not in LETTERS
    )
    return (
        '<div class="module-news mt15">\n<div class="module-news-header">\n'
        "<span>专栏作家 Columnist</span>\n</div>\n"
        f'<div class="module-news-main">\n<ul class="writer-list fix">\n<li>\n{groups}{others}'
        "</li>\n</ul>\n</div>\n</div>\n"
    )


def _left(world: World) -> str:
    opinions = "<!--\n-->\n".join(
        _opinion(world, turn) for turn in newest(world, "mainnews-sp", OPINIONS)
    )
    return (
        '<li>\n<div class="module-news">\n<div class="module-news-header">\n'
        "<span>评论&nbsp;&nbsp;|&nbsp;&nbsp;研究</span>\n"
        '<a href="../mainnews-sp/">更多</a>\n</div>\n<div class="module-news-main">\n'
        '<ul class="Review-item">\n'
        f"{opinions}</ul>\n</div>\n</div>\n{ghost_link(world, 0)}</li>\n"
    )


def _right(world: World) -> str:
    fast = "news-index-focus" if world.era == "2019" else "news-focus"
    boxes = "".join(
        f'<div class="module-news gray">\n<div class="module-news-header"><span>{name}</span></div>\n'
        f'<div class="module-news-main" id="{key}">\n</div>\n</div>\n'
        for name, key in (
            ("快讯", fast),
            ("热点", "news-index-redian"),
            ("风闻24小时", "post-fengwen"),
            ("热门评论", "hot-comments"),
        )
    )
    fronts = " ".join(f'<a href="../{slug}/list_1.shtml">更多</a>' for slug in OLD_SECTIONS)
    return f'<li class="right">\n{fronts if world.era == "2019" else ""}\n{boxes}</li>\n'


@lru_cache(maxsize=2)
def home_html(world: World) -> str:
    """The home page of the day."""
    old = world.era == "2019"
    news = main(world)
    if old:
        top = _headline(world)
        middle = "".join(_item(world, entry, turn) for turn, entry in enumerate(news, 1))
    else:
        links = "\n".join(_link(world, turn) for turn in newest(world, "mainnews-gd", 6))
        top = f'<div class="content-topnews-box-neo-box">\n{links}\n</div>\n' * 3 + _headline(world)
        middle = "".join(_new_item(world, entry) for entry in news)
    return (
        f'{head(NAME, NAME)}{navigation(old)}<div class="index-content">\n{top}'
        f'<ul class="three-coloum fix">\n{_left(world)}'
        f'<li class="middle">\n<ul class="img-List">\n{middle}</ul>\n</li>\n{_right(world)}'
        "</ul>\n"
        f"{ghost_link(world, world.total - 2)}{_columnists(world)}</div>\n{HOME}{FOOT}"
    )
