"""The words of readers: lines, entities, and what no reader sees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guancha.processors.comments import lines_of_html, plain


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("一<br>二<br/>\n三<br />四", "一\n二\n三\n四"),
        ("<p>一</p><p>二</p>", "一\n二"),
        ("一<br><br> <br>二", "一\n二"),
        (" 一 \u3000\n\t二&nbsp;三 ", "一 二 三"),
        ("1 &lt; 2 &amp;amp; &quot;三&quot;&#x4e00;", '1 < 2 &amp; "三"一'),
        ("一<b>二<i>三</i></b>四", "一二三四"),
        ("<img src=x alt=图>", ""),
        ("一<img src=x>二", "一二"),
        ("一<script>alert(1)</script><style>p{}</style>二<!-- 三 -->", "一二"),
        ("a < b 二", "a < b 二"),
        ("一</div></body></html>二", "一\n二"),
        ("一\x00\x08\ud800\x1b[2J二", "一[2J二"),
        ("", ""),
        ("<b>" * 5000 + "一" + "</b>" * 5000 + "&lt;二", "一 <二"),
        ("<?xml version='1.0' encoding='utf-16'?>一", "一"),
        ("👍\u200d💻", "👍\u200d💻"),
    ],
)
def test_what_a_reader_sees(html: str, text: str) -> None:
    assert lines_of_html(html).replace("  ", " ").strip() == text


@given(st.text())
def test_any_text_can_be_kept(html: str) -> None:
    for text in (lines_of_html(html), plain(html)):
        text.encode()
        assert "\0" not in text
        assert all(line == " ".join(line.split()) for line in text.split("\n"))
