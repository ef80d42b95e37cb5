"""The page of an article: one skeleton, in the dress of 2019 or in the one since the change."""

from html import escape

from replica.articles import DISCLAIMER, SUPPORT, Facts
from replica.pages import dress_2019, dress_2026
from replica.pages.body import body_html, text
from replica.pages.frame import FOOT, head, navigation
from replica.pages.lists import pager, recent_box, recommendations, tags, topic_box
from replica.pages.scripts import THREAD
from replica.pages.sidebar import sidebar
from replica.related import beside_topic, recent, recommended
from replica.timeline import World

STAMP = "%Y-%m-%d %H:%M:%S"


def _author_box(article: Facts) -> str:
    if not article.box:
        return ""
    people = "".join(
        f'\t<li>\n\t<div class="author-intro fix">\n\t<a href="../{person.slug}" target="_blank">'
        f'<img alt="{person.name}" src="https://i.guancha.cn/ColumnPic/{person.slug}.png" '
        'width="45"></a>\n'
        f'\t<p><a href="../{person.slug}" target="_blank">{person.name}</a>'
        f"<span>{person.job_title}</span></p>\n\t</div>\n\t</li>\n"
        for person in article.box
    )
    return f'<ul class="author fix">\n{people}</ul>\n'


def _times(article: Facts, after_source: str) -> str:
    source = f"\t<span>来源：{text(article.source)}</span>\n" if article.source else ""
    updated = ""
    if article.modified:
        stamp = article.modified.strftime(STAMP)
        updated = f'<div class="time fix" style="padding:0"><span>最后更新: {stamp}</span></div>\n'
    return (
        f'<div class="time fix">\n\t<span>{article.published.strftime(STAMP)}</span>\n'
        '\t<span>字号：<a fSize="14px" class="current ft-s" href="javascript:void(0);">A-</a>\n'
        '\t<a fSize="18px" class="ft-zc" href="javascript:void(0);">A</a>\n'
        '\t<a fSize="22px" class="ft-b" href="javascript:void(0);">A+</a></span>\n'
        f"{source}{after_source}</div>\n{updated}"
    )


def _others(article: Facts) -> str:
    """原标题, disclaimers, 责任编辑."""
    lines = ""
    if article.disclaimer:
        lines += f'\t<span class="gray">{DISCLAIMER}</span>\n'
    if article.box and article.old:
        link = f'<a href="{article.url}">{article.url}</a>'
        lines += f'\t<li id="context_endf">{SUPPORT}{link}</li>\n'
    if article.original_title:
        lines += f"\t<li>原标题：{text(article.original_title)}</li>"
    if article.editor:
        space = "&nbsp;\n\t\t" if article.old else "            "
        lines += f"\t<li>责任编辑:\n{article.editor}{space}</li>\n"
    return f'<ul class="article-other">\n{lines}</ul>\n'


def article_html(world: World, article: Facts, page: int | None) -> str:
    """One page of an article, counted from 1; None is the whole text on one page."""
    dress = dress_2019 if article.old else dress_2026
    blocks = article.body.blocks if page is None else article.body.pages[page - 1]
    boxes = topic_box(article, beside_topic(world, article.entry)) + recent_box(
        recent(world, article)
    )
    pages = "" if page is None else pager(article, page)
    listed = recommendations(world, article, recommended(world, article.entry))
    # Some pages of the site have an empty title.
    title = article.title if article.entry % 37 else ""
    return (
        f"{head(title, article.description, dress.scripts(article))}"
        f'<div class="content">\n{navigation(article.old)}<div class="main content-main">\n'
        '<!-- 二栏 start -->\n<ul class="two-coloum fix">\n'
        '<li class="left left-main" style="position:relative;bottom:43px;">\n'
        f"<h3>{text(article.title)}</h3>\n{_author_box(article)}{dress.staff_box(article)}"
        f"{dress.SHARE_ABOVE}{_times(article, dress.AFTER_SOURCE)}"
        f'<div class="content all-txt">\n{body_html(blocks, article.old)}\n</div>\n{pages}'
        f"{dress.share_below(article)}{tags(article)}{_others(article)}{boxes}{dress.MEMBERS}"
        '<div style="clear:both;"></div>\n<a name="comment" id="comment"></a>\n'
        f'<div class="gc-comment" id="comments-container" data-id="{article.doc_id}" '
        f'data-type="1" data-from="cms"></div>\n{listed}{dress.AFTER_LISTS}</li>\n'
        f'<li class="right" style="position:relative;bottom:36px;">\n{sidebar(world)}</li>\n'
        f"</ul>\n</div>\n</div>\n{dress.linked_data(article)}{THREAD}{FOOT}"
    )


def stub_html(title: str, shown: str, target: str, old: bool) -> str:
    """A page that only sends its reader elsewhere."""
    return (
        f'{head(title, None)}<div class="content">\n{navigation(old)}'
        '<div class="main content-main">\n'
        '<ul class="two-coloum fix">\n'
        '<li class="left left-main" style="position:relative;bottom:43px;">\n'
        f'<h3>{text(title)}</h3>\n<div class="time fix">\n\t<span>{shown}</span>\n</div>\n'
        f'<script type="text/javascript">\nwindow.location.href="{escape(target)}";\n</script>\n'
        f"</li>\n</ul>\n</div>\n</div>\n{FOOT}"
    )
