"""Readers' comments: their words, and what becomes of those that many dislike."""

import re
from html import unescape

from lxml import etree
from lxml.etree import _Element as Element

from guancha.processors.text import clean

_SILENT = frozenset(("script", "style", "title", "noscript", "template"))
_BREAKS = frozenset("br p div li ul ol tr table blockquote h1 h2 h3 h4 h5 h6 hr".split())
# Neither seen by a reader nor kept by every database: controls that are no white space, half characters.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")
_TAG = re.compile(r"<[^<>]*>")
# The parser drops what follows the end of a page, and a browser does not.
_PAGE = re.compile(r"</?(?:html|head|body)\b[^<>]*>", re.IGNORECASE)
_BREAK = "\0"
MANY = 100
"""So many 踩 fold a comment, where there are four for each 赞."""


def plain(printed: str) -> str:
    r"""Like ``clean``, without what no reader sees.

    >>> plain(" a\x00\ud800 \n b ")
    'a b'
    """
    return clean(_UNSEEN.sub("", printed))


def lines(node: Element) -> str:
    """The text of an element as readers see it: its lines, empty ones left out, parted by a line end."""
    parts: list[str] = []
    walk = etree.iterwalk(node, events=("start", "end"))
    for event, element in walk:
        is_break = element.tag in _BREAKS
        if event == "start":
            if element.tag in _SILENT:
                walk.skip_subtree()
                continue
            parts += [_BREAK * is_break, _UNSEEN.sub("", element.text or "")]
        else:
            tail = element.tail if element is not node else None
            parts += [_BREAK * is_break, _UNSEEN.sub("", tail or "")]
    return "\n".join(filter(None, map(clean, "".join(parts).split(_BREAK))))


def lines_of_html(printed: str) -> str:
    """The same of mark-up.

    >>> lines_of_html("一&lt;二 <b>三</b><br>四<p>五</p><img src=x>")
    '一<二 三\\n四\\n五'
    """
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    content = f"<div>{_PAGE.sub('', _UNSEEN.sub('', printed))}</div>".encode()
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None or parser.error_log.filter_from_fatals():
        # Nested so deeply that the parser gave up: no text is lost, but lines are.
        return plain(unescape(_TAG.sub(" ", printed)))
    return lines(root)


def is_folded(praise: int | None, tread: int | None) -> bool:
    """Whether the site folds a comment by its counts.

    >>> is_folded(0, 100), is_folded(25, 100), is_folded(26, 100), is_folded(0, 99), is_folded(None, 100)
    (True, True, False, False, False)
    """
    return praise is not None and tread is not None and tread >= max(MANY, 4 * praise)
