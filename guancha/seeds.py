"""The articles that a user lists, parted by commas or in a file: URLs, CDX entries or ids, streamed."""

import json
import logging
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

from guancha import urls
from guancha.arguments.comments import article_id
from guancha.exceptions import ArgumentError, UrlError
from guancha.urls import ArticleUrl

logger = logging.getLogger(__name__)

BATCH = 100
MAX_LINE = 64 * 1024
"""Bytes; a longer line is no URL and no CDX entry."""


def batches(value: str | None) -> Iterator[tuple[ArticleUrl, ...]]:
    """The same as :func:`read` in bounded batches, the next one read when the last is done."""
    articles = read(value) if value else iter(())
    while batch := tuple(islice(articles, BATCH)):
        yield batch


def read(value: str) -> Iterator[ArticleUrl]:
    """The articles named by the argument ``urls``; what is none is logged with its place and passed over.

    Raises ArgumentError where the file can't be read, or names no article at all.
    """
    found = False
    for place, printed in _lines("urls", value):
        url = _url(printed)
        if not url:
            continue
        try:
            yield urls.article(urls.absolute(url))
            found = True
        except UrlError as error:
            logger.warning("%s: %s", place, error)
    if not found:
        raise ArgumentError(f"spider argument 'urls': no article in {value[:200]!r}")


def ids(value: str) -> Iterator[str]:
    """The articles named by the argument ``articles``, by URL or id, each once.

    What is none is logged with its place. Raises ArgumentError as :func:`read` does.
    """
    found: set[str] = set()
    for place, printed in _lines("articles", value):
        named = _url(printed)
        number = article_id(named) if named else None
        if named and number is None:
            logger.warning("%s: not an article: %r", place, named[:200])
        elif number and number not in found:
            found.add(number)
            yield number
    if not found:
        raise ArgumentError(f"spider argument 'articles': no article in {value[:200]!r}")


def _lines(name: str, value: str) -> Iterator[tuple[str, str]]:
    if not value.startswith("@"):
        yield from ((f"{name}, item {n}", url) for n, url in enumerate(value.split(","), 1))
        return
    path = Path(value[1:])
    try:
        with path.open("rb") as file:
            # Bounded: a file without line ends must not fill the memory.
            for number in count(1):
                line = file.readline(MAX_LINE)
                if not line:
                    return
                yield f"{path}, line {number}", line.decode("utf-8-sig", "replace")
    except OSError as error:
        raise ArgumentError(f"spider argument {name!r}: {path}: {error.strerror}") from error


def _url(line: str) -> str | None:
    """The URL of a line: a plain one, CDXJ (``key timestamp {json}``) or CDX (``key timestamp url …``)."""
    line = line.strip()
    if not line or line.startswith(("#", "CDX ")):
        return None
    if "{" in line:
        try:
            entry = json.loads(line[line.index("{") :])
        except (ValueError, RecursionError):
            return line
        return str(entry.get("url", line)) if isinstance(entry, dict) else line
    fields = line.split()
    return fields[2] if len(fields) > 2 else fields[0]
