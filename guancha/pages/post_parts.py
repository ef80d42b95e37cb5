"""A post whose page shows a pager, while its other pages are being had."""

from collections import deque

from guancha.items import Post
from guancha.pages.joining import joined, shown
from guancha.pages.post import PostPage

MAX_PAGES = 20
"""No post has as many; of one that says so the others are not asked for."""


class PostParts:
    """The pages are asked for in order. One that repeats a page before it is not believed."""

    def __init__(self, first: PostPage) -> None:
        self.first = first
        self.wanted: deque[int] = deque()
        """Numbers of the pages still to ask for; empty when the post is as whole as it gets."""
        self._count = 1
        self._parts = [first]
        self._want(first.count)

    def add(self, page: PostPage | None) -> None:
        """Takes the answer to the first wanted page; None where it could not be had."""
        self.wanted.popleft()
        if page is None or not page.blocks or any(_same(page, part) for part in self._parts):
            return
        self._parts.append(page)
        self._want(page.count)

    def post(self) -> Post:
        """The post, as far as its pages could be had."""
        first = [self._parts[0]] if self._is_whole() else self._parts
        return self.first.post(first, is_complete=len(self._parts) == self._count)

    def _is_whole(self) -> bool:
        """Whether the first page holds the text of all the others, and only shows their pager besides."""
        others = joined(part.blocks for part in self._parts[1:])
        whole, rest = ([*map(shown, blocks)] for blocks in (self.first.blocks, others))
        return bool(rest) and whole[-len(rest) :] == rest

    def _want(self, count: int) -> None:
        for number in range(self._count + 1, min(count, MAX_PAGES) + 1):
            self.wanted.append(number)
        self._count = max(self._count, count)


def _same(one: PostPage, other: PostPage) -> bool:
    return [*map(shown, one.blocks)] == [*map(shown, other.blocks)]
