"""Reads a page of a report as a browser would, and refuses what may not stand on one."""

import re
from html.parser import HTMLParser

from lxml import html

VOID = {"br", "hr", "img", "input", "link", "meta"}
STYLE = re.compile(r"(width|left):[0-9]{1,3}\.[0-9]%")


class Balanced(HTMLParser):
    """Each element is closed in its order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(page: str) -> html.HtmlElement:
    """The tree of a page that is sound: whole, self-contained, without script."""
    parser = Balanced()
    parser.feed(page)
    parser.close()
    assert parser.open == []
    assert all(character.isprintable() or character == "\n" for character in page)
    page.encode()

    tree = html.document_fromstring(page)
    assert "@import" not in page
    assert "url(" not in page
    for element in tree.iter():
        assert element.tag not in ("script", "iframe", "object", "embed", "img", "form", "base")
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name not in ("src", "srcset", "xlink:href")
            assert name != "href" or value == "data:,"
            assert name != "style" or STYLE.fullmatch(value)
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:;")
    assert "script" not in policy
    return tree


def text(tree: html.HtmlElement, path: str) -> str:
    """Words of the elements at an XPath, with single blanks."""
    found = tree.xpath(path)
    assert found, path
    return " ".join(" ".join(each.text_content() for each in found).split())


def card(tree: html.HtmlElement, title: str) -> str:
    """Words of the part with that heading; empty without one."""
    found = tree.xpath("//section[h2=$title]", title=title)
    return " ".join(found[0].text_content().split()) if found else ""
