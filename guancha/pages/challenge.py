"""The page that a client gets that does not look like a browser: little but a script."""

import re
from itertools import islice

from lxml.etree import _Element as Element

from guancha.pages.rules import Hits, Rule, has

HEADLINE = Rule("answer/headline", f"//h3 | //li[{has('left-main')}]")
SCRIPTS = Rule("answer/scripts", "//script")

MAX_TEXT = 200
"""Characters; such a page shows a reader no more than a word of patience."""
SETS_OFF = r"document\.cookie|location\.(?:reload|replace|href)|location\s*="
"""Of such a script; read by Python and by JavaScript alike."""
_sets_off = re.compile(SETS_OFF).search
_SILENT = frozenset(("script", "style", "title", "noscript"))


def is_challenge(root: Element) -> bool:
    """Whether a page has no headline, hardly a word for a reader, and a script that leads on."""
    if HEADLINE.find(root, Hits()):
        return False
    words = (
        text.strip()
        for element in root.iter()
        for text in (element.tail, "" if element.tag in _SILENT else element.text)
        if text
    )
    # No further than the limit: the page may be large.
    shown = sum(map(len, islice(filter(None, words), MAX_TEXT)))
    return shown <= MAX_TEXT and any(map(_sets_off, SCRIPTS.texts(root, Hits())))
