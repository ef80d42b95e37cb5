"""The traps of the head and the lists, one page each."""

import json

import pytest

from guancha import saved, urls
from guancha.items import Outcome
from tests.pages.builder import NOW, URL, Page, pager


def test_the_placeholder_of_the_meta_element_is_nobody() -> None:
    head = '<title></title><meta name="author" content="某人, someone@gmail.com">'
    assert Page(head=head).article().authors == []


def test_the_staff_box_names_no_author() -> None:
    box = (
        '<ul class="editor fix"><li><div class="editor-intro fix">'
        '<p><a href="">李四</a><span></span></p></div></li></ul>'
    )
    assert Page(box=box).article().authors == []


def test_linked_data_is_no_time_of_publication() -> None:
    data = json.dumps({"pubDate": "2020-03-04T19:00:00"})
    script = f'<script type="application/ld+json">{data}</script>'
    assert Page(head=script).article().date_published == "2020-03-04T08:30:00+08:00"
    without = saved.record(Page(head=script, times="").html, URL, NOW)
    assert isinstance(without, Outcome)
    assert without.kind == "layout"


def test_an_american_date_beside_a_body() -> None:
    times = '<div class="time fix"><span>03/04/2020 08:30:00</span></div>'
    article = Page(times=times).article()
    assert article.date_published == "2020-03-04T08:30:00+08:00"
    assert article.date_published_raw == "03/04/2020 08:30:00"


def test_an_update_alone_is_no_publication() -> None:
    times = '<div class="time fix"><span>最后更新: 2020-03-04 09:10:11</span></div>'
    article = Page(times=times).article()
    assert (article.date_published, article.date_published_raw) == (None, None)
    assert article.date_modified == "2020-03-04T09:10:11+08:00"
    assert article.date_modified_raw == "2020-03-04 09:10:11"


def test_later_dates_beside_the_article_are_not_its_own() -> None:
    late = '<div class="time fix"><span>2020-03-05 11:00:00</span></div>'
    listed = (
        '<ul class="new-left-list"><li><h4 class="module-title">'
        '<a href="/economy/2020_03_05_500200.shtml">后来的事</a></h4>'
        '<div class="module-interact"><span>2020-03-05 10:00:00</span></div></li></ul>'
    )
    article = Page(after=late + listed, right=late + listed).article()
    assert article.date_published == "2020-03-04T08:30:00+08:00"
    assert article.date_modified is None
    assert {entry.date_published for entry in article.related} == {"2020-03-05T10:00:00+08:00"}


def test_an_empty_anchor_is_no_tag() -> None:
    tags = '<div class="key-word fix mt15"><span>标签 </span><a href=""></a><a href="/x">磨坊</a></div>'
    assert Page(after=tags).article().tags == ["磨坊"]
    assert Page(after=tags.replace("磨坊", " \xa0 ")).article().tags == []


@pytest.mark.parametrize("doc_id", ["423467", "500100"])
def test_the_comment_key_is_read_never_derived(doc_id: str) -> None:
    assert Page(doc_id=doc_id).article().doc_id == doc_id


def test_no_comment_key_is_null() -> None:
    assert Page(doc_id="").article().doc_id is None


@pytest.mark.parametrize(
    ("markup", "count", "full_text"),
    [
        (pager(3), 3, True),
        (pager(2, full_text=False), 2, False),
        (pager(3).replace("<a href", "<b data-x").replace("</a><b", "</b><b"), 2, True),
        (pager(3, current=3), 3, True),
        ("", 1, False),
    ],
)
def test_a_pager_that_leads_on_by_script(markup: str, count: int, full_text: bool) -> None:
    found = Page(after=markup).read().pager
    assert (found.count, found.full_text is not None) == (count, full_text)


def test_the_first_page_alone_is_not_complete() -> None:
    article = Page(after=pager(2)).article()
    assert (article.page_count, article.is_complete) == (2, False)


def test_one_article_twice_in_a_listing() -> None:
    listing = (
        '<html><body><h4 class="module-title"><a href="/economy/2020_03_04_500101.shtml?s=zwytt">'
        '甲</a></h4><a href="/WangWu/2020_03_04_500101_2.shtml?s=sywglbt#comment">12</a>'
        '<a href="//m.guancha.cn/economy/2020_03_04_500101.shtml">甲</a></body></html>'
    )
    [entry] = saved.links(listing.encode(), urls.HOME, NOW)
    assert entry.article.canonical == "https://www.guancha.cn/economy/2020_03_04_500101.shtml"
    assert entry.title == "甲"


def test_another_slug_is_the_same_article() -> None:
    other = Page().article("https://www.guancha.cn/economy/2020_03_04_500100.shtml?s=zwytt")
    assert other.article_id == Page().article().article_id
    assert other.section == "economy"
    assert other.content_hash == Page().article().content_hash


def test_entries_nested_and_unclosed() -> None:
    listing = "<html><body><ul class='img-List'>" + "".join(
        f"<li><li><h4 class='module-title'><a href='/economy/2020_03_0{day}_50010{day}.shtml'>第{day}条"
        f"</a></h4><p class='module-artile'>摘要{day}<a href=''>[全文]</a></p>"
        for day in range(1, 5)
    )
    found = saved.links((listing + "</ul></body></html>").encode(), urls.HOME, NOW)
    expected = [(f"第{day}条", f"摘要{day}") for day in range(1, 5)]
    assert [(entry.title, entry.abstract) for entry in found] == expected


def test_links_in_comments_are_none() -> None:
    link = '<a href="/economy/2020_03_04_50010%d.shtml">%d号</a>'
    listing = f"<html><body>{link % (1, 1)}<!-- {link % (2, 2)} --></body></html>"
    found = saved.links(listing.encode(), urls.HOME, NOW)
    assert [entry.article.article_id for entry in found] == ["500101"]


def test_an_empty_title_element_takes_nothing_away() -> None:
    assert Page(head="<title></title>").article().title == "磨坊"


def test_a_page_in_a_page() -> None:
    html = Page().html.decode().replace("<html>", "<html><html lang='zh'>", 1)
    doubled = html.replace("</html>", "</html></html>")
    record = saved.record(doubled.encode(), URL, NOW)
    assert record == Page().article()


def test_lists_of_the_right_column_come_with_their_counts() -> None:
    right = (
        '<div class="head-inpost-box"><div class="head-inpost"><a class="head-inpost-title" '
        'href="/economy/2026_03_04_800100.shtml">头条</a><span>评论 1.2万</span></div></div>'
    )
    [entry] = Page(right=right).article().related
    assert (entry.kind, entry.title, entry.comment_count) == ("headline", "头条", 12000)
