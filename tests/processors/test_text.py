"""White space, labels, counts and notices."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guancha.processors.text import clean, integer, is_exclusive, is_notice, strip_label


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", ""),
        (" \n\t\xa0\u3000 ", ""),
        ("甲\xa0\u3000 \r\n乙", "甲 乙"),
        ("甲\u2028乙\x85丙", "甲 乙 丙"),
        ("\u200b甲\ufeff", "\u200b甲\ufeff"),
        ("“甲”，乙！", "“甲”，乙！"),
    ],
)
def test_clean(value: str, expected: str) -> None:
    assert clean(value) == expected


@given(st.text())
def test_clean_is_idempotent_and_keeps_what_is_visible(value: str) -> None:
    assert clean(clean(value)) == clean(value)
    assert "".join(clean(value).split()) == "".join(value.split())


@pytest.mark.parametrize(
    ("value", "labels", "expected"),
    [
        ("来源：观察者网", ("来源",), "观察者网"),
        (" 来源 : 观察者网 ", ("来源",), "观察者网"),
        ("责任编辑:\n\xa0小明", ("来源", "责任编辑"), "小明"),
        ("来源：甲：乙", ("来源",), "甲：乙"),
        ("来源：", ("来源",), None),
        ("来源", ("来源",), None),
        ("来源地：甲", ("来源",), None),
        ("甲来源：乙", ("来源",), None),
        ("来源：甲", (), None),
    ],
)
def test_strip_label(value: str, labels: tuple[str, ...], expected: str | None) -> None:
    assert strip_label(value, *labels) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("评论 682", 682),
        ("1,234", 1234),
        ("1,234,567 次", 1_234_567),
        ("阅读 30892", 30892),
        ("0", 0),
        ("3万", 30000),
        ("3.5万", 35000),
        ("1.23456万", 12345),
        ("阅读 2.1 亿", 210_000_000),
        ("评论", None),
        ("", None),
        ("3.5", None),
        ("٣", None),
        ("６", None),
        ("9" * 5000, None),
    ],
)
def test_integer(value: str, expected: int | None) -> None:
    assert integer(value) == expected


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
    ],
)
def test_text_that_is_no_notice(text: str) -> None:
    assert not is_notice(text)
    assert not is_exclusive(text)
