"""Pictures and players of a body: where each really is."""

import re
from dataclasses import dataclass

from lxml.etree import _Element as Element

from guancha import urls
from guancha.exceptions import UrlError

PLAYERS = frozenset(("iframe", "video", "embed", "object"))
# The frames of articles are players, of many houses; these are not.
_NO_PLAYER = re.compile(r"\bmaps?\b|form|wenjuan|survey|advert", re.IGNORECASE)


@dataclass(slots=True)
class Media:
    """A picture or a player where it stands in its block."""

    kind: str
    """``image`` or ``video``."""
    url: str
    after_text: bool


def picture(element: Element) -> str:
    """The address of a picture as printed; a lazy one has a placeholder in ``src``."""
    return element.get("data-original") or element.get("data-src") or element.get("src") or ""


def player(element: Element) -> str:
    """The address of a player as printed; nothing for a frame that plays nothing."""
    if element.tag == "iframe":
        url = element.get("src", "")
        return "" if _NO_PLAYER.search(url) else url
    own = element.get("src") or element.get("data")
    inner = "string(.//source/@src | .//param[@name='movie']/@value | .//embed/@src)"
    return own or str(element.xpath(inner))


def web_address(printed: str, base: str) -> str | None:
    """The absolute address, or None for what leads nowhere: ``javascript:``, ``#``, nonsense."""
    if not printed or printed.startswith("#"):
        return None
    try:
        url = urls.absolute(printed, base)
    except UrlError:
        return None
    return url if url.startswith(("http://", "https://")) else None
