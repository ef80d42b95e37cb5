"""The right column: live boxes, the same beside every article of a day, often younger than it."""

from functools import lru_cache
from html import escape

from replica.addresses import printed, url_of
from replica.articles import list_title
from replica.boxes import hot_posts
from replica.listings import newest
from replica.pages.body import text
from replica.posting import post_id
from replica.posts import post_comments, post_praise, post_title
from replica.related import HOT, Entry, headlines, hot
from replica.timeline import GHOST, World
from replica.words import draw, headline

TRACK = escape('_czc.push(["_trackEvent", "zuixinwen", "pcclick"]);')
MEMBER = "https://member.guancha.cn"
FIRST_BOX = ' style="border:0px;"'
SEARCH = """<script type="text/javascript">
    function gotoUrl() {
        window.open(encodeURI('https://user.guancha.cn/main/search?click=news&keyword='
            + document.getElementById("txtkey").value));
        return true;
    }
</script>
<div class="search fix">
	<input value="请输入关键字！" id="txtkey" type="text">
	<a onclick="gotoUrl();">搜索</a>
</div>
"""


def _header(href: str, words: str) -> str:
    return (
        f'<a style="float:none" href="{href}" target="_blank">'
        f'<span style="font-size:22px;color:#000">&nbsp;&nbsp;&nbsp;{words}</span></a>\n'
        f'<a href="{href}" target="_blank">查看全部</a>\n'
    )


def _headline(entry: Entry, turn: int) -> str:
    href = printed(entry.url, turn, "?s=zwytt")
    return (
        f'<div class="head-inpost-box"{"" if turn else FIRST_BOX}>\n'
        f'<a href="{href}" target="_blank">'
        f'<img src="https://i.guancha.cn/news/{entry.article_id}.jpg" '
        'alt="" width="100"></a>\n<div class="head-inpost-box-right">\n'
        f'<a href="{href}" target="_blank" class="head-inpost-title">{text(entry.title)}</a>\n'
        f"<span>评论 {entry.comments}</span>\n</div>\n</div>\n"
    )


def _hot(entry: Entry, turn: int) -> str:
    href = printed(entry.url, turn, "?s=zwyzxw")
    link = f'<a href="{href}" target="_blank" onclick="{TRACK}">'
    picture = f'<img src="https://i.guancha.cn/news/{entry.article_id}.jpg" '
    picture += f'alt="{escape(entry.title)}" width="390" height="152">'
    style = "" if turn else ' style="border-top:0px;"'
    return f"<li{style}>\n{link}{picture}</a>\n<h4>{link}{text(entry.title)}</a></h4>\n</li>\n"


def _posts(world: World) -> str:
    """风闻: readers' posts on another host."""
    lines = ""
    for rank, post in enumerate(hot_posts(world), 1):
        href = f"//user.guancha.cn/main/content?id={post_id(world, post)}&amp;s=zwyess"
        lines += (
            f'<div class="fenwen24-box"><a href="{href}" target="_blank">'
            f'<img src="https://i.guancha.cn/bbs/{rank}.jpg?imageMogr2/crop/!80x80" alt="">'
            f'<div class="fenwen24-sankaku"><span>{rank}</span></div></a>'
            '<div class="fenwen24-box-right">'
            f'<a href="{href}" target="_blank" class="fenwen24-title">'
            f"{text(post_title(world, post))}</a><span>评论 {post_comments(world, post)}"
            f"&nbsp;&nbsp;&nbsp;赞 {post_praise(world, post)}</span></div></div>\n"
        )
    header = _header("//user.guancha.cn/?s=zwyessckqb", "风闻 · 24小时最热")
    return (
        f'<div class="fenwen24">\n<div class="fenwen24-header" id="post-fengwen-hot">\n{header}'
        "</div>\n"
        f'<div id="post-fengwen">{lines}</div>\n</div>\n'
    )


def _members(world: World, words: str) -> str:
    """观察员: paid posts on another host."""
    rng = draw(world.seed, world.day, words)
    header = _header("//member.guancha.cn", f"观察员 · {words}").replace(
        "</span></a>\n", '</span></a><img src="https://i.guancha.cn/vip-crown.gif?te">', 1
    )
    boxes = ""
    for _ in range(3):
        href = f"{MEMBER}/post/view?id={rng.randrange(900)}"
        boxes += (
            '<div class="member-right-box"><div class="member-right-column">'
            f'<a href="{MEMBER}/column/dacankao">'
            '<img src="https://i.guancha.cn/column/1.png"></a>'
            f'<a href="{MEMBER}/column/dacankao">大参考</a></div>'
            f'<a href="{href}" onclick="return false">'
            '<img src="https://i.guancha.cn/post/1.jpg" width="100"></a>'
            f'<div class="member-right-box-right"><a href="{href}" class="member-right-title">'
            f"{text(headline(rng))}</a><span>评论 {rng.randrange(30)}</span></div></div>\n"
        )
    return f'<div class="member-right-header">{header}</div><div>{boxes}</div>'


def _videos(world: World) -> str:
    boxes = "".join(
        '<div class="latest-video-box">'
        f'<a href="{printed(url_of(world, turn), 0, "?s=zwyzxsp")}">'
        f'<img src="https://i.guancha.cn/news/{turn}.gif?imageMogr2/crop/!185x134">'
        f"<span>{text(list_title(world, turn))}</span></a></div>\n"
        for turn in newest(world, "gczvideo", 4)
    )
    header = _header("/video/gczvideo/list.html", "最新视频")
    return (
        '<div class="latest-video">\n'
        f'<div class="latest-video-header" id="post-shipin-zuixin">\n{header}</div>\n'
        f'<div id="post-shipin">{boxes}</div>\n</div>\n'
    )


def _flashes(world: World) -> str:
    """快讯."""
    lines = "".join(
        f'<li><a href="{printed(url_of(world, turn), 0, "?s=zwykx")}" '
        f'title="{escape(list_title(world, turn))}" '
        f'target="_blank">{text(list_title(world, turn))}</a></li>\n'
        for turn in newest(world, "mainnews-gd", 8, HOT)
    )
    return (
        '<div class="kuaixun-new">\n<div class="kuaixun-new-header" id="news-focus-post">\n'
        '<span style="font-size:22px;color:#000">&nbsp;&nbsp;&nbsp;快讯</span>\n</div>\n'
        f'<div id="news-focus"><ul class="kuaixun-new-content">{lines}</ul></div>\n</div>\n'
    )


def ghost_link(world: World, entry: int) -> str:
    """A comment around a link to an article that never was."""
    day = world.published(entry)
    href = f"/other/{day:%Y_%m_%d}_{world.spare_id(entry, GHOST)}.shtml"
    return f'<!-- <div class="module-news gray"><a href="{href}" target="_blank">评论精选</a></div> -->\n'


@lru_cache(maxsize=4)
def sidebar(world: World) -> str:
    """The inside of ``li.right``."""
    tops = "".join(_headline(entry, turn) for turn, entry in enumerate(headlines(world)))
    news = "".join(_hot(entry, turn) for turn, entry in enumerate(hot(world)))
    header = _header("/GuanChaZheTouTiao", "观察者头条")
    return (
        f'{SEARCH}<div class="head-inpost">\n<div class="head-inpost-header">\n{header}'
        f"</div>\n{tops}</div>\n"
        f'<div class="post-member-right">{_members(world, "最新")}</div>\n'
        f"{_posts(world)}{_videos(world)}{ghost_link(world, world.total - 1)}"
        '<div class="module-news-2">\n<div class="module-news-2-header">\n'
        '<span style="font-size:22px;color:#000">&nbsp;&nbsp;&nbsp;最新闻 Hot</span>\n</div>\n'
        f'<div class="module-news-2-main">\n<ul class="hot-list-2">\n{news}</ul>\n</div>\n'
        "</div>\n"
        f"{_flashes(world)}"
        f'<div id="page-top-fixed"><div id="member-recommend">{_members(world, "推荐")}</div>'
        "</div>\n"
    )
