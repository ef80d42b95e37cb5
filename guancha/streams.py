"""The streams of records: what a line of each is, which folder it lies in, and who writes it."""

from collections.abc import Mapping

from guancha.items import Article, Comment, Counts, Headline, Outcome, Post, Record

RECORDS: Mapping[str, type[Record]] = {
    "articles": Article,
    "outcomes": Outcome,
    "comments": Comment,
    "counts": Counts,
    "headlines": Headline,
    "posts": Post,
}
"""Stream -> its records, in the order of the data dictionary."""
WRITERS = {
    "articles": ("articles", "outcomes"),
    "comments": ("comments", "counts", "outcomes/comments"),
    "headlines": ("headlines", "outcomes/headlines"),
    "posts": ("posts", "outcomes/posts"),
}
"""Spider -> the folders that it alone writes to: spiders run side by side."""
WITH_READERS = frozenset(("comments", "posts"))
"""Spiders that meet readers."""
FOLDERS = tuple(folder for folders in WRITERS.values() for folder in folders)


def folder(record: Record) -> str:
    """Where the lines of a record lie, relative to the data directory.

    >>> folder(Outcome()), folder(Outcome(stream="posts")), folder(Post())
    ('outcomes', 'outcomes/posts', 'posts')
    """
    if isinstance(record, Outcome):
        return "outcomes" if record.stream == "articles" else f"outcomes/{record.stream}"
    return next(name for name, kind in RECORDS.items() if isinstance(record, kind))


def folders(stream: str) -> tuple[str, ...]:
    """All folders of a stream.

    >>> folders("comments"), len(folders("outcomes"))
    (('comments',), 4)
    """
    return tuple(each for each in FOLDERS if each.partition("/")[0] == stream)
