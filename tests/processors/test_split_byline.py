"""Where bylines stand in a piece, and that nothing else is taken."""

import html
import re
import time
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guancha.processors.bylines import parse_byline, split_byline
from guancha.processors.text import clean, is_exclusive, is_notice, split_notice

TEXT = "那天下雨，街上没有人。"


def test_labelled_bylines_in_each_position(labelled_bylines: list[dict[str, Any]]) -> None:
    for row in labelled_bylines:
        raw, is_byline = clean(row["raw"]), bool(row["authors"])
        alone = ([raw], "") if is_byline else ([], raw)
        for opening in (True, False):
            for closing in (True, False):
                taken = split_byline(raw, opening=opening, closing=closing)
                # Without brackets it needs a place of its own, at either end of the piece.
                placed = raw[0] in "【（" or opening or closing
                assert taken == (alone if placed else ([], raw))
        # Without brackets nothing tells where a byline ends and the text begins.
        apart = is_byline and raw[0] in "【（"
        for text, where in ((f"{raw}\u3000{TEXT}", "opening"), (f"{TEXT} {raw}", "closing")):
            taken = split_byline(text, opening=where == "opening", closing=where == "closing")
            assert taken == (([raw], TEXT) if apart else ([], clean(text)))
            other = split_byline(text, opening=where == "closing", closing=where == "opening")
            assert other == ([], clean(text))


@pytest.mark.parametrize(
    ("text", "bylines", "rest"),
    [
        ("【文/张三】" + TEXT, ["【文/张三】"], TEXT),
        (TEXT + "（观察者网李四译）。", ["（观察者网李四译）。"], TEXT),
        ("【文/张三】 【译/李四】" + TEXT, ["【文/张三】", "【译/李四】"], TEXT),
        (f"【文/张三】{TEXT}（整理/李四）", ["【文/张三】", "（整理/李四）"], TEXT),
        ("【文/张三】 编辑/李四", ["【文/张三】", "编辑/李四"], ""),
        ("【文/张三】。", ["【文/张三】。"], ""),
        ("\u200b【文/张三】" + TEXT, ["\u200b【文/张三】"], TEXT),
        ("【编者按】" + TEXT, [], "【编者按】" + TEXT),
        ("【环球时报报道】" + TEXT, [], "【环球时报报道】" + TEXT),
        ("（观察者网讯）" + TEXT, [], "（观察者网讯）" + TEXT),
        (TEXT + "（图/新华社）", [], TEXT + "（图/新华社）"),
        (TEXT + "（张三也在）", [], TEXT + "（张三也在）"),
        (TEXT + "[2]", [], TEXT + "[2]"),
        ("文/张三 " + TEXT, [], "文/张三 " + TEXT),
        ("", [], ""),
    ],
)
def test_positions(text: str, bylines: list[str], rest: str) -> None:
    assert split_byline(text, opening=True, closing=True) == (bylines, rest)


@pytest.mark.parametrize(
    ("line", "opens", "closes"),
    [
        ("作者：王小明", True, True),
        ("译者：李大海", True, True),
        ("摄影：李大海", True, True),
        ("编辑：王小明", True, True),
        ("文/王小明", True, True),
        ("文 | 王小明", True, True),
        ("作者：约翰·某某", True, True),
        ("翻译：李大海 校对：王小明", True, True),
        ("作者：晨曦", False, False),
        ("文/晨曦", True, False),
        ("作者：王小明、晨曦", False, False),
        ("作者：白色高地", False, False),
        ("作者：某某大学教授 晨曦", True, False),
        ("作者：John Smith", True, False),
        ("译者：出版社", False, False),
        ("作者：是啊", False, False),
    ],
)
def test_a_line_without_brackets_needs_its_place(line: str, opens: bool, closes: bool) -> None:
    taken, left = ([line], ""), ([], line)
    assert split_byline(line, opening=True, closing=False) == (taken if opens else left)
    assert split_byline(line, opening=True, closing=True) == (taken if opens else left)
    assert split_byline(line, opening=False, closing=True) == (taken if closes else left)
    assert split_byline(line, opening=False, closing=False) == left


def test_a_box_about_a_book_names_nobody_in_the_middle() -> None:
    for line in ("作者：王小明", "译者：李大海", "摄影：李大海", "编辑：王小明", "文/王小明"):
        assert split_byline(line, opening=False, closing=False) == ([], line)
    mixed = "【文/王小明】 编辑/李大海"
    assert split_byline(mixed, opening=False, closing=False) == ([], mixed)
    for line in ("【文/王小明】", "（李大海译自某国《某报》）", "【文/王小明】【译/李大海】"):
        assert split_byline(line, opening=False, closing=False)[1] == ""


def _paragraphs(article: dict[str, Any]) -> list[str]:
    texts = (html.unescape(re.sub(r"<[^>]*>", "", p)) for p in article["paragraphs_html"])
    return [text for text in map(clean, texts) if text]


def test_column_articles_as_a_reader_sees_them(column_articles: list[dict[str, Any]]) -> None:
    roles: Counter[str] = Counter()
    without, bare, count, notices, exclusive = [], [], 0, 0, 0
    for number, article in enumerate(column_articles):
        found, opening = [], True
        for paragraph in _paragraphs(article):
            bylines, rest = split_byline(paragraph, opening=opening, closing=True)
            opening &= bool(bylines)
            assert not bylines or not rest, "in these pieces each byline is a paragraph of its own"
            found += bylines
            notices += is_notice(paragraph)
            assert is_notice(paragraph) or split_notice(paragraph) == (paragraph, None)
            exclusive += is_exclusive(paragraph)
        roles.update(author.role for raw in found for author in parse_byline(raw))
        bare += [raw for raw in found if raw[0] not in "【（"]
        count += len(found)
        if not found:
            without.append(number)
    # Read by eye: all but three open with one (two bare lines in one piece), six close with one.
    assert roles == {
        "author": 31,
        "translator": 13,
        "interviewer": 5,
        "compiler": 2,
        "editor": 1,
        "presenter": 1,
    }
    assert count == 43
    assert (without, len(bare)) == ([10, 16, 34], 2)
    assert (notices, exclusive) == (36, 35)


@given(
    st.one_of(
        st.text(),
        st.text("【】（）()[]文译/：张三李四王、，。 ·\u3000\u200b观察者网记自"),
        st.lists(
            st.sampled_from(
                ["【文/张三】", "（观察者网李四译自某报）", "【编者按】", TEXT, " ", "。"]
            )
        ).map("".join),
    ),
    st.booleans(),
    st.booleans(),
)
def test_no_visible_character_is_lost(text: str, opening: bool, closing: bool) -> None:
    bylines, rest = split_byline(text, opening=opening, closing=closing)
    assert all(parse_byline(byline) for byline in bylines)
    assert rest == clean(rest)
    parts = Counter("".join([*bylines, rest]))
    assert {k: v for k, v in parts.items() if not k.isspace()} == {
        k: v for k, v in Counter(text).items() if not k.isspace()
    }


@pytest.mark.parametrize(
    "unit", ["【", "】", "/", "（", "文/", "【文/张三】", "张三、", "·", " ", "A. "]
)
def test_hostile_input_takes_no_time(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    start = time.perf_counter()
    split_byline(text, opening=True, closing=True)
    parse_byline(text)
    is_notice(text)
    split_notice(text)
    for body in (text[:60], "【" + text[:117] + "】", "【文/" + text[:110] + "】", text[:200]):
        split_byline(body, opening=True, closing=True)
        is_notice(body)
    assert time.perf_counter() - start < 1
