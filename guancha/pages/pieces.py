"""A split piece while its pages are being had: which to ask for next, and what came of it."""

from collections import deque
from dataclasses import replace

from guancha.items import Article
from guancha.pages.article import ArticlePage
from guancha.urls import ArticleUrl


class Pieces:
    """Prefers the page with the whole text where the first page offers it, else the numbered ones."""

    def __init__(self, first: ArticlePage) -> None:
        self.first = first
        self.wanted: deque[ArticleUrl] = deque()
        """The pages still to ask for, best first; empty when the article is as whole as it gets."""
        self._parts = [first]
        self._complete = first.is_whole
        if not first.is_whole:
            self._want(first)

    def add(self, page: ArticlePage | None) -> None:
        """Takes the answer to the first wanted page; None where it could not be had."""
        asked = self.wanted.popleft()
        if page is None or not page.blocks:
            return
        # A server that answers every address with the first page is not believed.
        if asked.page == "s" and len(page.blocks) > len(self.first.blocks):
            self._parts, self._complete = [page], True
            self.wanted.clear()
        elif str(page.pager.current) == asked.page:
            self._parts.append(page)
            self._complete = len(self._parts) == self.first.pager.count

    def article(self) -> Article:
        """The article, as far as its pages could be had."""
        return self.first.article(self._parts, complete=self._complete)

    def _want(self, first: ArticlePage) -> None:
        if first.pager.full_text:
            self.wanted.append(first.pager.full_text)
        for number in range(1, first.pager.count + 1):
            if number != first.pager.current:
                self.wanted.append(replace(first.url, page=str(number)))
