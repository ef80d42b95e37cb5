"""A split piece while its pages are being had: which to ask for next, and what came of it."""

from collections import deque
from dataclasses import replace

from guancha.items import Article
from guancha.pages.article import ArticlePage
from guancha.urls import ArticleUrl

MAX_PAGES = 40
"""No piece has as many; of one that says so the others are not asked for."""


class Pieces:
    """Prefers the page with the whole text where the first page offers it, else the numbered ones."""

    def __init__(self, first: ArticlePage) -> None:
        self.first = first
        self.wanted: deque[ArticleUrl] = deque()
        """The pages still to ask for, best first; empty when the article is as whole as it gets."""
        self._parts = {first.pager.current: first}
        self._count = first.pager.count
        self._whole = first if first.is_whole else None
        if not first.is_whole:
            self.wanted.extend([first.pager.full_text] if first.pager.full_text else [])
            self._want(1, self._count)

    def add(self, page: ArticlePage | None) -> None:
        """Takes the answer to the first wanted page; None where it could not be had."""
        asked = self.wanted.popleft()
        if page is None or not page.blocks:
            return
        # A server that answers every address with the first page is not believed.
        if asked.page == "s" and _goes_on(self.first, page):
            self._whole = page
            self.wanted.clear()
        elif str(page.pager.current) == asked.page:
            self._parts[page.pager.current] = page
            # Some pagers show only the pages near by.
            self._want(self._count + 1, page.pager.count)
            self._count = max(self._count, page.pager.count)

    def article(self) -> Article:
        """The article, as far as its pages could be had."""
        if self._whole:
            return self.first.article([self._whole], count=self._count, complete=True)
        parts = [self._parts[number] for number in sorted(self._parts)]
        return self.first.article(parts, count=self._count, complete=len(parts) == self._count)

    def _want(self, start: int, end: int) -> None:
        for number in range(start, min(end, MAX_PAGES) + 1):
            if number not in self._parts:
                self.wanted.append(replace(self.first.url, page=str(number)))


def _goes_on(first: ArticlePage, whole: ArticlePage) -> bool:
    """Whether a page holds more text than the first one, and ends otherwise; notices close every page."""
    before, after = first.body().paragraphs, whole.body().paragraphs
    return sum(map(len, after)) > sum(map(len, before)) and after[-1:] != before[-1:]
