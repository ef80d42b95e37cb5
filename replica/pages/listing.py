"""Listing pages: 40 entries each, in the mark-up of their era."""

from replica.addresses import alternate_url, printed, url_of
from replica.articles import list_title, view_count
from replica.listings import entries, page_total
from replica.pages.body import text
from replica.pages.frame import FOOT, head, navigation
from replica.places import author_number, is_column, person, progression, sections
from replica.threads import comment_count
from replica.timeline import World
from replica.words import draw, sentence

TO_SECOND, TO_MINUTE = "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"
SHOWN_FIRST = 3
"""Pieces at the top of 时评 that have a picture."""


def listed_url(world: World, slug: str, entry: int) -> str:
    """The URL that a listing gives the entry: of two slugs, some listings print the second."""
    other = alternate_url(world, entry)
    uses_other = slug in sections(world) if is_column(entry) else slug == "mainnews-gd"
    return other if other and uses_other else url_of(world, entry)


def _abstract(world: World, entry: int) -> str:
    return sentence(draw(world.seed, entry, "abstract")) if entry % 3 else ""


def _item(world: World, slug: str, entry: int) -> str:
    """An item of ``ul.column-list``."""
    recent = world.era != "2019"
    href = printed(listed_url(world, slug, entry), entry, plain=True)
    abstract = _abstract(world, entry)
    if abstract:
        abstract = f'<p class="module-artile">{text(abstract)}<a href="{href}" target="_blank">[全文]</a></p>\n'
    shown = world.published(entry).strftime(TO_MINUTE if recent else TO_SECOND)
    comments = comment_count(world, entry)
    return (
        f'<li>\n<h4 class="module-title"><a href="{href}" target="_blank">'
        f"{text(list_title(world, entry))}</a></h4>\n{abstract}"
        f'<div class="module-interact"><span>{shown}</span>'
        f'<a href="{href}#comment" class="interact-comment" target="_blank">{comments}</a>'
        "</div>\n</li>\n"
    )


def _news_item(world: World, slug: str, entry: int) -> str:
    """An item of ``ul.new-left-list``."""
    href = printed(listed_url(world, slug, entry), entry, plain=True)
    return (
        f'<li class="fix"><a href="{href}" target="_blank" class="fl">'
        f'<img src="https://i.guancha.cn/news/{entry}.jpg" alt="" width="150"></a>\n'
        f'<div class="right fn"><h4 class="module-title"><a href="{href}" target="_blank">'
        f"{text(list_title(world, entry))}</a></h4>\n"
        f'<div class="module-interact"><span>{world.published(entry).strftime(TO_SECOND)}'
        "</span></div></div></li>\n"
    )


def _opinions(world: World, slug: str, shown: list[int], first: bool) -> str:
    """时评 since the change: a few with a picture, then a plain list."""
    top = shown[:SHOWN_FIRST] if first else []
    heads, rows = "", ""
    for entry in shown:
        href = printed(listed_url(world, slug, entry), entry, plain=True)
        title, name = (
            text(list_title(world, entry)),
            person(world, author_number(world, entry)).name,
        )
        if entry in top:
            heads += (
                f'<div class="tsp-list1"><a class="tsp-list1-title" href="{href}">{title}</a>\n'
                f'<img class="tsp-list1-pic" src="https://i.guancha.cn/news/{entry}.jpg">\n'
                f'<div class="tsp-list1-name">{name}</div></div>\n'
            )
            continue
        views = view_count(world, entry)
        when = world.published(entry).strftime(TO_MINUTE)
        rows += (
            f'<li><a class="tsp-list2-title" href="{href}">{title}</a>\n'
            f'<div class="tsp-list2-name">{name}</div>\n'
            f'<div class="tsp-list2-content">{text(_abstract(world, entry))}</div>\n'
            f'<div class="tsp-list2-review"><span>阅读数 {views}</span><span>{when}</span>'
            "</div></li>\n"
        )
    return f'{heads}<ul class="tsp-list2-list">\n{rows}</ul>\n'


def page_path(slug: str, page: int, column: bool) -> str:
    """The path of one page of a listing."""
    if slug == "gczvideo":
        return "/video/gczvideo/list.html" if page == 1 else f"/video/gczvideo/list_{page}.html"
    if column:
        return f"/column/{slug}" if page == 1 else f"/column/{slug}/{page}"
    return f"/{slug}/list_{page}.shtml"


def _pager(world: World, slug: str, page: int, column: bool) -> str:
    total = page_total(world, slug)
    turns = range(max(1, page - 4), min(total, page + 4) + 1)
    numbers = "".join(
        f'<span class="active">{turn}</span>\n'
        if turn == page
        else f'<a href="{page_path(slug, turn, column)}">{turn}</a>\n'
        for turn in turns
    )
    following = (
        f'<a class="next" href="{page_path(slug, page + 1, column)}">下一页</a>\n'
        if page < total
        else ""
    )
    return f'<div class="module-page">\n{numbers}{following}</div>\n'


def listing_html(world: World, slug: str, page: int, shown: list[int]) -> str:
    """One page of a listing."""
    old = world.era == "2019"
    column = not old and slug in sections(world)
    if slug == "mainnews-yw":
        items = "".join(_news_item(world, slug, entry) for entry in shown)
        content = f'<ul class="new-left-list">\n{items}</ul>\n'
    elif slug == "mainnews-sp" and not old:
        content = _opinions(world, slug, shown, page == 1)
    else:
        total = f' data-total="{len(entries(world, slug) or ())}"' if column else ""
        items = "".join(_item(world, slug, entry) for entry in shown)
        content = f'<ul class="column-list fix"{total}>\n{items}</ul>\n'
    return (
        f'{head(slug, None)}<div class="content">\n{navigation(old)}'
        '<div class="main content-main">\n'
        f"{content}{_pager(world, slug, page, column)}</div>\n</div>\n{FOOT}"
    )


def is_listing(world: World, slug: str, column: bool) -> bool:
    """Whether the slug has a listing of that form: since the change sections live below /column/."""
    section = world.era != "2019" and slug in sections(world)
    return slug != "gczvideo" and section == column and progression(world, slug) is not None
