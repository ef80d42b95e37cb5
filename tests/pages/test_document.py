"""Bytes that are clean UTF-8 are read at once, others cleaned before: both give the same tree."""

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from guancha.exceptions import PageError
from guancha.pages.document import parse

PARTS = [
    b"<p>",
    b"\0",
    b" ",
    b"\xe5\xb1\xb1",
    b"\xe5\xb1",
    b"\xff",
    b"\xef\xbf\xbd",
    b"\xed\xa0\x80",
    b"a" * 999,
]


def read(body: bytes) -> bytes | str:
    try:
        return etree.tostring(parse(body))
    except PageError as error:
        return str(error)


@settings(derandomize=True, max_examples=500, database=None)
@given(st.lists(st.sampled_from(PARTS), max_size=40).map(b"".join) | st.binary())
def test_unclean_bytes_are_read_like_those_that_a_browser_makes_of_them(body: bytes) -> None:
    cleaned = body.replace(b"\0", b"").strip().decode("utf-8", "replace")
    assert read(body) == read(cleaned.encode())
    unreadable = cleaned.count("\ufffd")
    is_refused = unreadable > min(8, len(cleaned) // 1000)
    assert is_refused == str(read(body)).startswith("not UTF-8")
