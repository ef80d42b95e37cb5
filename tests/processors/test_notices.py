"""Notices: whose a piece is; and text that only begins like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guancha.processors import notice_clauses
from guancha.processors.text import clean, is_exclusive, is_notice, split_notice

LONG_NOTICE = (
    "本文系观察者网独家稿件，文章内容纯属作者个人观点，不代表平台观点，未经授权，不得转载，"
    "否则将追究法律责任。关注观察者网微信guanchacn，每日阅读趣味文章。"
)


@pytest.mark.parametrize(
    ("text", "exclusive"),
    [
        ("本文系观察者网独家稿件，未经授权，不得转载。", True),
        ("本文系观察者网独家稿件,未经授权,不得转载。", True),
        ("　本文系观察者网独家稿件\xa0", True),
        ("（本文为观察者网独家稿件，未经授权不得转载）", True),
        (LONG_NOTICE, True),
        ("本文仅代表作者个人观点。", False),
        ("【本文仅代表作者本人观点，不代表本网立场】", False),
        ("请支持独立网站，转发请注明本文链接：https://www.guancha.cn/a/2019_09_07_1.shtml", False),
        ("请支持独立网站，转发请注明本文链接：", False),
        ("本文转自《某刊》2001年第1期，作者授权观察者网发布", False),
        ("本文转自微信公众号“某某”，原标题《某某》。", False),
        ("本文原载于《某刊》，作者授权观察者网转载。", False),
        ("未经授权，不得转载", False),
        ("未经许可，任何媒体不得擅自转载，违者必究。", False),
        ("转载请注明出处", False),
        ("如需转载，请联系后台。", False),
        ("关注观察者网微信guanchacn，每日阅读趣味文章。", False),
        ("本文系观察者网独家译稿，作者：王小明，略有删节，未经授权，不得转载。", True),
        ("本文仅代表作者个人观点，本文系观察者网独家稿件，未经授权，不得转载。", True),
        ("文章仅代表作者观点，不代表观察者网立场。", False),
        ("文章观点不代表本网立场。", False),
        ("本文转自 《某刊》 1998年第2期，收入《某某文集》第一卷，作者授权观察者网发布", False),
        ("本文转自微信公众号“某某，某某”（ID：mou-mou），原标题《甲，乙！》，有删节。", False),
        ("本文转自微信公众号某某某某，作者王小明系某某大学教授。", False),
        ("本文转载自微信公众号：某某的小屋", False),
        ("文章转载自《某某时报》网站2019年9月7日报道", False),
        ("文章转载自《某某时报》和《某某晚报》。", False),
        ("本文经作者授权转自某某研究网", False),
        ("本文转载于某某网站，版权归原作者所有，侵权请联系删除。", False),
        ("本文转自某某客户端，原标题：甲乙，丙丁", False),
        ('本文转自"某某"公众号，仅供参考', False),
        ("本文首发于《某某纵横》2019年第3期，经作者授权转载，标题为编者所加。", False),
    ],
)
def test_notices(text: str, exclusive: bool) -> None:
    assert is_notice(text)
    assert is_exclusive(text) is exclusive


@pytest.mark.parametrize(
    "text",
    [
        "",
        "本文将讨论转载的规矩。",
        "本文转而谈谈另一件事。",
        "本文发表之后，许多人转载。",
        "未经授权，不得转载的规定引起了议论。",
        "未经授权",
        "作者观点",
        "https://www.guancha.cn/",
        "据某通讯社独家报道，会议已经结束。",
        "本文系独家报道的第三篇，前两篇已经有人转载。",
        "他说：未经授权，不得转载。",
        "（本文根据现场速记整理，未经演讲者审定。）",
        "（本文为某次研讨速记整理，略有删节。）",
        "（译者注：原文如此）",
        "（观察者网讯）",
        LONG_NOTICE * 3,
        "文章转自微博后迅速走红，网友纷纷留言，当地警方随后介入调查。",
        "文章转自微博后迅速走红。",
        "文章转自某某论坛，网友纷纷留言。",
        "本文转载自由的思想常常被误解",
        "文章转载自《某某时报》的一段话在网上引发热议，很多人不同意。",
        "文章转载自《某某时报》的一段话在网上引发热议",
        "本文转自《某某时报》，这家报纸一向严肃。",
        "本文转自某某网，作者认为事情没有完。",
        "本文首发于《某某纵横》，在他授权之后我才发表这个看法，许多人转载。",
        "本文首发于《某某纵横》，作者授权观察者网发布，后来许多人都不同意。",
        "本文系观察者网独家稿件，9月6日上午，国家航天局宣布了新的计划。",
        "观察者网独家稿件 9月6日，某地宣布了新的计划。",
        "本文系观察者网独家稿件，关注观察者网微信的人都知道这件事。",
        "本文系观察者网独家稿件，王小明在《某某时报》上说过。",
    ],
)
def test_text_that_is_no_notice(text: str) -> None:
    assert not is_notice(text)
    assert not is_exclusive(text)


NOTICE = "本文系观察者网独家稿件，未经授权，不得转载。"


@pytest.mark.parametrize(
    ("text", "rest", "notice"),
    [
        (f"那天下雨。 {NOTICE}", "那天下雨。", NOTICE),
        (f"那天下雨。{NOTICE}", "那天下雨。", NOTICE),
        (f"他说：“那天下雨。”{NOTICE}", "他说：“那天下雨。”", NOTICE),
        (f"那天下雨 {NOTICE}", "那天下雨", NOTICE),
        (f"（观察者网李四译自某报）{NOTICE}", "（观察者网李四译自某报）", NOTICE),
        (f"那天下雨。 （{NOTICE}）", "那天下雨。", f"（{NOTICE}）"),
        (f"那天下雨。 {LONG_NOTICE}", "那天下雨。", LONG_NOTICE),
        (f"{'那天下雨。' * 1000}{LONG_NOTICE}", "那天下雨。" * 1000, LONG_NOTICE),
        (
            "那天下雨。 本文系观察者网独家首发，转载请注明出处",
            "那天下雨。",
            "本文系观察者网独家首发，转载请注明出处",
        ),
        (
            f"那天下雨。 本文系观察者网记者所写。 {NOTICE}",
            "那天下雨。 本文系观察者网记者所写。",
            NOTICE,
        ),
        (NOTICE, "", NOTICE),
        ("转载请注明出处", "", "转载请注明出处"),
    ],
)
def test_a_notice_glued_to_its_paragraph(text: str, rest: str, notice: str) -> None:
    assert split_notice(text) == (rest, notice)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "那天下雨。",
        f"那天下雨{NOTICE}",
        f"{NOTICE}那天下雨。",
        f"那天下雨。 {NOTICE} 街上没有人。",
        "那天下雨。 本文系观察者网独家稿件，9月6日上午，某地宣布了新的计划。",
        "那天下雨。 本文系观察者网记者所写。",
        "那天下雨。 转载请注明出处",
    ],
)
def test_a_paragraph_without_a_notice_stays_as_it_is(text: str) -> None:
    assert split_notice(text) == (text, None)


@given(
    st.lists(st.sampled_from([NOTICE, "那天下雨", "。", " ", "（", "）", "本文系观察者网"])).map(
        "".join
    )
)
def test_splitting_keeps_what_is_visible(text: str) -> None:
    rest, notice = split_notice(text)
    assert "".join((rest + (notice or "")).split()) == "".join(text.split())
    if notice is None:
        assert rest == text
    else:
        assert is_notice(notice)


SCRAPS = (
    "本文系观察者网 独家 稿件 转 载 自 发 授 权 未经授权 不得转载 观点 立 场 作者 仅代表 关注观察者网 原载于"
    " ， 。 ： 《 》 “ ” （ ） \u3000 \n"
)


@given(st.lists(st.sampled_from([*SCRAPS.split(" "), " "]), max_size=12).map("".join))
def test_no_notice_is_without_the_words_that_are_looked_for_first(text: str) -> None:
    clauses = notice_clauses.parts(clean(text))
    says_whose = bool(clauses) and notice_clauses.says_whose(clauses)
    assert is_notice(text) == says_whose
    assert notice_clauses.is_possible(text) or not (
        says_whose or any(map(notice_clauses.is_exclusive, clauses))
    )
