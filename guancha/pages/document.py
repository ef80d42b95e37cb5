"""Bytes of an answer -> tree. The site is UTF-8, whatever a header or a meta element claims."""

import re

from lxml import etree
from lxml.etree import _Element as Element

from guancha.exceptions import PageError

_CLOSED = re.compile(rb"</html\s*>", re.IGNORECASE)
# Real pages carry at most a counter or a comment behind their closing tag.
_TAIL = 2048
UNREADABLE, MAX_UNREADABLE = "\ufffd", 8
"""What can't be decoded becomes this; of more than a few, or in a short page, nothing is believed."""


def parse(body: bytes) -> Element:
    """The root of an HTML page, without comments; raises PageError for what is no UTF-8 HTML."""
    text = body.replace(b"\0", b"").strip().decode("utf-8", "replace")
    # The site cuts a description in the middle of a character now and then.
    unreadable = text.count(UNREADABLE)
    if unreadable > min(MAX_UNREADABLE, len(text) // 1000):
        raise PageError(f"not UTF-8: {unreadable} characters can't be read")
    content = text.encode()
    # A parser is not shared: one that is fed from two threads at once would mix them up.
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser) if content else None
    except etree.XMLSyntaxError as error:
        raise PageError(f"not HTML: {error.msg}") from error
    if root is None:
        raise PageError("not HTML: an empty answer")
    # Where the parser gives up, at 2048 nested elements for one, the rest of the page is missing.
    if gave_up := parser.error_log.filter_from_fatals():
        raise PageError(f"not HTML: {gave_up[0].message}")
    return root


def is_closed(body: bytes) -> bool:
    """Whether the page reaches its closing tag; one that does not was cut on the way."""
    return _CLOSED.search(body[-_TAIL:]) is not None
