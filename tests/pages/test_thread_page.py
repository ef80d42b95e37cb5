"""Comments as a rendered page shows them: two real pages by a second reading, and what those lack."""

import re
from dataclasses import replace
from datetime import datetime
from html import unescape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy.http import HtmlResponse

from guancha.items import Comment, Outcome
from guancha.jsonlines import line
from guancha.pages.comment import Place, Reading
from guancha.pages.rules import Hits
from guancha.pages.thread import RULES, classify_thread
from guancha.processors.dates import iso_date
from tests import shared
from tests.pages.test_hostile import Mutation, mutations

NOW = datetime.fromisoformat("2019-09-07T13:00:00+08:00")
PLACE = Place("516891", "423467", "page", NOW, NOW)
PAGES = ("article-2019-relay", "article-2019-column")


def read(body: bytes, hits: Hits | None = None) -> Reading | Outcome:
    url = "https://www.guancha.cn/WangWen/2019_09_07_516891.shtml"
    return classify_thread(HtmlResponse(url, body=body), PLACE, Hits() if hits is None else hits)


def whole(body: bytes) -> Reading:
    found = read(body)
    assert isinstance(found, Reading)
    return found


def last(pattern: str, text: str) -> str | None:
    found = re.findall(pattern, text, re.DOTALL)
    return found[-1] if found else None


def shown(part: str, name: str) -> dict[str, Any]:
    """One comment by regular expressions alone: the last of each thing is its own, an answer's stands above."""
    text = last(r'<div class="comment-txt ?">(.*?)</div>', part) or ""
    marked = (re.sub(r"<[^>]+>", "", each) for each in re.split(r"<br\s*/?>", text))
    words = [" ".join(unescape(each).split()) for each in marked]
    own = part[part.rindex('class="comment-txt') :]
    replies = last(r"查看回复\s+(\d+)", own)
    reader, called = re.findall(name, part, re.DOTALL)[0]
    time = " ".join((last(r'class="time">([^<]*)<', own) or "").split())
    return {
        "text": "\n".join(filter(None, words)),
        "date_published_raw": time,
        "date_published": iso_date(time, NOW),
        "praise_count": int(last(r"赞<span>(\d+)", own) or -1),
        "tread_count": int(last(r"踩<span>(\d+)", own) or -1),
        "reply_count": None if replies is None else int(replies),
        "reader_id": reader,
        "reader_name": called.strip(),
    }


def expected(html: str) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]], list[int]]:
    """Listed and quoted comments by id, and how many each list of the page shows."""
    box = html[html.index('id="comments-container"') :]
    user = r'uid=(\d+)"[^>]*class="user-nick">([^<]*)<'
    answered = r'class="quote">.*?uid=(\d+)"[^>]*>([^<]*)<'
    listed: dict[str, dict[str, Any]] = {}
    quoted: dict[str, dict[str, Any]] = {}
    sizes = []
    lists = re.split(r'<ul class="list-body (list-(?:hot-|member-)?body-all)">', box)[1:]
    for name, content in zip(lists[::2], lists[1::2], strict=True):
        items = re.split(r'<li data-id="(\d+)" data-root="(\d+)" class="comment-item', content)
        sizes.append(len(items) // 3)
        for number, root, item in zip(items[1::3], items[2::3], items[3::3], strict=True):
            above = re.search(r'<div data-id="(\d+)"\s+class="comment-box', item)
            own = shown(item.split("</li>")[0], user)
            own["root_id"] = None if root in ("0", number) else root
            own["parent_id"] = above[1] if above else None
            own["is_hot"] = name == "list-hot-body-all"
            own["is_member"] = "member-logo" in re.split("comment-box|</li>", item)[0]
            listed.setdefault(number, own)
            if above:
                end = [m.start() for m in re.finditer('class="comment-txt', item)][-1]
                part = item[above.start() : end]
                is_member = "member-logo" in part
                quoted[above[1]] = shown(part, answered) | {"is_member": is_member}
    return listed, {k: v for k, v in quoted.items() if k not in listed}, sizes


@pytest.mark.parametrize(("name", "sizes"), [(PAGES[0], [20]), (PAGES[1], [7, 3, 20])])
def test_every_comment_of_a_real_page(name: str, sizes: list[int]) -> None:
    body = shared.page(name)
    listed, quoted, shown_sizes = expected(body.decode())
    found = whole(body)

    assert shown_sizes == sizes
    assert found.nameless == 0
    for true, comments in ((listed, found.comments), (quoted, found.quoted)):
        assert {each.comment_id for each in comments} == set(true)
        assert len(comments) == len(true)
        for comment in comments:
            values = vars(comment)
            assert {name: values[name] for name in true[comment.comment_id]} == true[
                comment.comment_id
            ]
    assert all(each.is_quoted for each in found.quoted)


@pytest.mark.parametrize(("name", "counts"), [(PAGES[0], (23, None, 9)), (PAGES[1], (59, 7, 22))])
def test_the_counts_of_a_real_page(name: str, counts: tuple[int | None, ...]) -> None:
    found = whole(shared.page(name)).counts

    assert (found.comment_count, found.hot_count, found.collect_count) == counts
    assert (found.view_count, found.comments, found.source) == (None, "open", "page")


def test_no_rule_of_a_real_page_is_idle() -> None:
    hits = Hits()
    for name in PAGES:
        page = Hits()
        read(shared.page(name), page)
        hits.update(page)
    idle = {rule.name for rule in RULES if not hits[f"{rule.name}/1"]}

    # Neither thread is closed, nor has a folded comment, nor the page a number of views.
    assert idle == {"thread/empty", "thread/drawn", "thread/folded", "thread/view_count"}


USER = """<div class="clearfix"><div class="user-box clearfix"><div class="user-avatar popup-user"
data-uid="7"></div><a href="//user.guancha.cn/x?uid=7" class="user-nick">甲</a></div></div>"""
TEXT = '<div class="comment-txt">{}</div>'
FOLDED = '<span style="display:none">一<br>二</span><span class="unfold">此条评论已被折叠，点击查看</span>'


def page(content: str, user: str = USER, number: str = "5", count: str = "1") -> bytes:
    return f"""<html><body><ul><li class="left-main"><h3>题</h3></li></ul><div id="comments-container">
    <a class="btn-publish"></a><h3 class="tab-control-header">全部评论 <span>{count}</span>条</h3>
    <ul class="list-body list-body-all">
    <li data-id="{number}" data-root="5" class="comment-item cmt-item">
    {user}{content}</li></ul></div></body></html>""".encode()


def only(content: str, **others: str) -> Comment:
    (comment,) = whole(page(content, **others)).comments
    return comment


def test_a_folded_text_is_kept() -> None:
    comment = only(TEXT.format(FOLDED))
    assert (comment.text, comment.status) == ("一\n二", "folded")


def test_a_deleted_one_that_is_quoted() -> None:
    box = """<div data-id="3" class="comment-box cmt-item"><div class="cmt-item-main">
    <div class="comment-txt del">没了</div></div></div>"""
    found = whole(page(box + TEXT.format("答")))
    (quoted,) = found.quoted

    assert (quoted.text, quoted.status, quoted.praise_count) == ("没了", "deleted", None)
    assert [(each.text, each.parent_id, each.root_id) for each in found.comments] == [
        ("答", "3", None)
    ]


def test_a_reader_of_weibo_has_no_number() -> None:
    link = '<a href="//user.guancha.cn/x?uid=7" class="user-nick">甲</a>'
    comment = only(TEXT.format("一"), user=USER.replace(link, '<span class="user-nick">甲</span>'))
    assert (comment.reader_id, comment.reader_name) == (None, "甲")


def test_of_a_closed_thread_the_script_shows_a_number_alone() -> None:
    head = b'<html><body><h3>x</h3><span id="count2">%s</span>'
    served = head + b'<div id="comments-container">%s</div></body></html>'
    closed, not_drawn = read(served % (b"17", b"")), read(served % (b"", b""))

    assert isinstance(closed, Reading)
    assert closed.outcome
    assert closed.outcome.kind == closed.counts.comments == "closed"
    assert closed.counts.comment_count == 17
    assert isinstance(not_drawn, Outcome)
    assert isinstance(read(served % (b"17", b"<p>x</p>")), Outcome)


@pytest.mark.parametrize("number", ["", "0", "x", "-1", "٣", "9" * 20])
def test_what_has_no_id_is_counted_and_dropped(number: str) -> None:
    body = page(TEXT.format("一"), number=number, count="0")
    found = whole(body)
    assert (found.comments, found.nameless) == ([], 1)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (page("", number="0"), "layout"),
        (page("").replace("全部评论".encode(), b""), "layout"),
        (page("").replace(b"comments-container", b"other"), "layout"),
        (page("")[:300], "error"),
        (b"", "error"),
        (b"<html><body><script>location.reload()</script></body></html>", "challenge"),
    ],
)
def test_what_else_a_page_may_show(body: bytes, kind: str) -> None:
    found = read(body)
    outcome = found.outcome if isinstance(found, Reading) else found

    assert outcome
    assert (outcome.kind, outcome.stream) == (kind, "comments")
    assert outcome.url.endswith("codeId=423467&codeType=1")


@settings(max_examples=60, derandomize=True, database=None, deadline=None)
@given(
    name=st.sampled_from(PAGES),
    changes=st.lists(
        st.builds(
            # Where the comments stand, in both pages.
            lambda mutation, place: replace(mutation, place=place),
            mutations,
            st.floats(0.08, 0.9),
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_whatever_is_done_to_a_page_no_record_is_unsound(
    name: str, changes: list[Mutation]
) -> None:
    body = shared.page(name)
    for change in changes:
        body = change.apply(body, shared.page(PAGES[0]))
    found = read(body.decode("utf-8", "ignore").encode())
    if isinstance(found, Outcome):
        line(found)
        return
    numbers = [each.comment_id for each in (*found.comments, *found.quoted)]
    assert len(numbers) == len(set(numbers))
    for comment in (*found.comments, *found.quoted):
        line(comment)
        assert comment.comment_id.isdigit()
        counts = (comment.praise_count, comment.tread_count, comment.reply_count)
        assert all(count is None or 0 <= count < 2**53 for count in counts)
