"""The stand-in's pages hold every element path of the real ones."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from replica.articles import facts
from replica.pages.article import article_html, stub_html
from replica.timeline import World

PAGES = Path(__file__).parents[3] / "shared" / "pages"
REAL = {
    "2019": ("article-2019-column.html", "article-2019-relay.html"),
    "2026": ("article-2026.html", "stub-2026.html"),
}
SCRIPTED = {"bdshare-button-style0-16"}
"""Classes that the share buttons' script adds."""
RENDERED = {"comments-container"}
"""Ids of elements that are empty as served: what is inside is a script's."""


def step(element: html.HtmlElement) -> str:
    """An element as ``tag.class1.class2#id``."""
    classes = [name for name in (element.get("class") or "").split() if name not in SCRIPTED]
    name = ".".join([element.tag, *classes])
    return f"{name}#{element.get('id')}" if element.get("id") else name


def below(element: html.HtmlElement, path: str) -> Iterator[str]:
    """The paths of all elements inside one."""
    if element.get("id") in RENDERED:
        return
    for child in element.iterchildren(tag=None):
        if isinstance(child.tag, str):
            here = f"{path} > {step(child)}"
            yield here
            yield from below(child, here)


def paths(text: str) -> set[str]:
    """All paths of both columns."""
    page = html.document_fromstring(text)
    columns = page.xpath("//ul[contains(@class, 'two-coloum')]/li")
    return {path for column in columns for path in below(column, step(column))}


def replica_paths(era: str) -> set[str]:
    """The paths of the stand-in's pages of an era, taken together."""
    world = World(3, 240, era=era)
    found = paths(stub_html("题", "10/04/2026 18:53:44", "https://user.guancha.cn/", era == "2019"))
    for entry in range(100, 240):
        if not world.is_stub(entry):
            found |= paths(article_html(world, facts(world, entry), 1))
    return found


@pytest.mark.parametrize("era", sorted(REAL))
def test_no_path_of_the_real_pages_is_missing(era: str) -> None:
    if not PAGES.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"the real pages are not in {PAGES}")
        pytest.skip(f"the real pages are not in {PAGES}")
    real = set[str]().union(*(paths((PAGES / name).read_text("utf-8")) for name in REAL[era]))
    assert len(real) > 40
    assert not real - replica_paths(era)
