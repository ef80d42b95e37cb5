"""White space, labels and counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guancha.processors.text import clean, integer, strip_label


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
