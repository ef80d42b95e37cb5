"""What a reader sees of a body, by the standard library's parser alone: no rule of ours is used."""

from collections import Counter
from html.parser import HTMLParser

UNSEEN = frozenset("script style noscript template textarea iframe object".split())


class _Body(HTMLParser):
    """Collects the text of the first element with the class all-txt."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.divs = 0
        self.over = False
        self.unseen: str | None = None
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.over:
            return
        if self.divs == 0 and "all-txt" in (dict(attrs).get("class") or "").split():
            self.divs = 1
        elif self.divs and tag == "div":
            self.divs += 1
        elif self.divs and self.unseen is None and tag in UNSEEN:
            self.unseen = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self.unseen:
            self.unseen = None
        elif self.divs and not self.over and tag == "div":
            self.divs -= 1
            self.over = self.divs == 0

    def handle_data(self, data: str) -> None:
        if self.divs and not self.over and self.unseen is None:
            self.texts.append(data)


def characters(page: bytes) -> Counter[str]:
    """How often each character stands in the body, white space aside; hidden text is counted too."""
    parser = _Body()
    parser.feed(page.decode())
    return count(parser.texts)


def count(texts: list[str]) -> Counter[str]:
    """How often each character stands in the texts, white space aside."""
    return Counter("".join("".join(texts).split()))
