"""The lists of the left column: topic, recent articles, 相关推荐; and the pager of a split piece."""

from html import escape
from urllib.parse import quote

from replica.addresses import SITE, printed
from replica.articles import Facts
from replica.kinds import offers_full_text
from replica.pages.body import text
from replica.related import Entry
from replica.timeline import World

PICTURE = "https://i.guancha.cn/news/2019/09/07/{}.jpg"
EMPTY_ITEM = (
    '\t<li class="fix" style="padding:15px 0 4px 0;border-bottom: 1px solid #cccccc;"></li>\n'
)


def pager(article: Facts, page: int) -> str:
    """The links between the pages of a split piece, as the site prints them."""
    count = len(article.body.pages)
    if count == 1:
        return ""
    stem = printed(article.url, 1, plain=True).removesuffix(".shtml")
    numbers = "".join(
        f'<span href="{stem}_{turn}.shtml" class="active">{turn}</span>\n'
        if turn == page
        else f'<a href="{stem}_{turn}.shtml">{turn}</a>\n'
        for turn in range(1, count + 1)
    )
    steps = ""
    if page < count:
        steps = _step("next", f"{stem}_{page + 1}.shtml", "下一页")
    if offers_full_text(article.entry):
        steps += _step("last", f"{stem}_s.shtml", "余下全文")
    return (
        '<div class="fix" id="select_page">\n<div class="module-page module-page-right">\n'
        f"{numbers}{steps}</div>\n</div>\n"
    )


def _step(name: str, path: str, words: str) -> str:
    return f'<a class="{name}" onclick="javascript:location.href=\'{path}\';">{words}</a>\n'


def topic_box(article: Facts, entries: list[Entry]) -> str:
    """专题介绍."""
    topic = article.topic
    if topic is None:
        return ""
    path, name = topic.url.removeprefix(SITE), text(topic.name)
    lines = "".join(
        '\t\t<div class="resemble-art-black c_hidden">'
        f'<a href="{printed(entry.url, turn + article.entry)}">'
        f"{text(entry.title)}</a></div>\n"
        for turn, entry in enumerate(entries)
    )
    return (
        "<!-- 专题介绍 -->\n"
        f'<div class="img-special">\n\t<a href="{path}">'
        f'<img src="https://i.guancha.cn/2018/07/18/{quote(topic.slug)}/cover.jpg" '
        f'alt="{name}"></a>\n'
        f'\t<div class="right_title">\n\t\t<h4><a href="{path}">{name}</a></h4>\n{lines}\t'
        "</div>\n</div>\n"
    )


def recent_box(entries: list[Entry]) -> str:
    """作者最近文章, 小编最近文章."""
    if not entries:
        return ""
    by_author = entries[0].kind == "by_author"
    head, noise = ("作者", "?s=zwyzzwzbt") if by_author else ("小编", "?s=zwybjwzbt")
    lines = "".join(
        '\t<div class="resemble-art-black c_hidden"><a style="float:left;" '
        f'href="{printed(entry.url, turn, noise)}" target="_blank">{text(entry.title)}</a>'
        f'<span style="float:right;color:#7b7b7b;">{entry.shown}</span></div>\n'
        for turn, entry in enumerate(entries)
    )
    return (
        '<div class="img-special" style="padding-bottom: 0px;">\n'
        f'\t<h4 style="height:30px;line-height:30px;font-size:22px;">{head}最近文章'
        f"</h4>\n{lines}</div>\n"
    )


def _recommendation(entry: Entry, turn: int) -> str:
    picture = printed(entry.url, turn, "?s=zwyxgtjdt")
    words = printed(entry.url, turn, "?s=zwyxgtjbt")
    key = ""
    if entry.topic:
        path = entry.topic.url.removeprefix(SITE)
        key = (
            f'<a href="{path}?s=zwyxgtjzt" target="_blank" class="interact-key" '
            'style="color:#ff0000;font-size:14px;float: '
            f'right;padding-right:0px;">{text(entry.topic.name)}</a>\n'
        )
    return (
        '\t<li class="fix" style="padding:15px 0 4px 0;border-bottom: 1px solid #cccccc;">\n'
        f'\t\t<a href="{picture}" target="_blank" class="fl">'
        f'<img src="{PICTURE.format(entry.article_id)}" alt="" width="150" height="106"></a>\n'
        '\t\t<div class="right fn" style="margin-left:180px;">\n'
        f'\t\t\t<h4 class="module-title" style="height:52px"><a href="{words}" target="_blank" '
        f'style="font-size:20px;font-weight:bold;">{text(entry.title)}</a></h4>\n'
        '\t\t\t<div class="module-interact" style="margin-top:28px;">\n'
        f'\t\t\t\t<span style="color:#7b7b7b;font-size:14px;">{entry.shown}</span>\n{key}'
        "\t\t\t</div>\n\t\t</div>\n\t</li>\n"
    )


def recommendations(world: World, article: Facts, entries: list[Entry]) -> str:
    """相关推荐; now and then an item is empty, as on the site."""
    items = [_recommendation(entry, turn + article.entry) for turn, entry in enumerate(entries)]
    for place in (9, 13)[: (world.seed + article.entry) % 3]:
        items.insert(place, EMPTY_ITEM)
    return (
        '<ul class="new-left-list" style="border:0px;">\n\t<div class="post-recommend">相关推荐'
        "</div>\n" + "".join(items) + "</ul>\n"
    )


def tags(article: Facts) -> str:
    """标签; an article without any has an empty anchor in 2019, and none since."""
    head = "https://user.guancha.cn/main/search?click=news&amp;keyword="
    anchors = "".join(
        f'<a style="color:#d06868" href="{head}{quote(tag)}">{escape(tag)}</a>'
        for tag in article.tags or (("",) if article.old else ())
    )
    return f'<div class="key-word fix mt15">\n\t<span>标签 </span>{anchors}</div>\n'
