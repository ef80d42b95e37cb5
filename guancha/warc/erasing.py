"""Takes the pages of an article out of the files, for good."""

import os
from collections.abc import Iterable, Iterator
from mmap import ACCESS_READ, mmap
from pathlib import Path

from guancha import urls
from guancha.exceptions import DataDirectoryError
from guancha.folders import sync_folder
from guancha.warc import members
from guancha.warc.files import mend, names, newest
from guancha.warc.members import Member

PART = ".part"


def erase(folder: Path, article_id: str) -> int:
    """Removes every record of an article's pages; returns how many answers that were.

    Each file that holds one is replaced in one step by one that holds all others, byte for byte. What was
    killed is finished by doing it again. Raises DataDirectoryError for a damaged file, where it can't be
    told what lies there, and OSError.
    """
    for part in folder.glob(names() + PART):
        part.unlink()
    if last := newest(folder):
        mend(last)
    return sum(_erase(path, article_id) for path in sorted(folder.glob(names())))


def _erase(path: Path, article_id: str) -> int:
    if not path.stat().st_size:
        return 0
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        ours = [member for member in _all(path, data) if _is_of(member, article_id)]
        if not ours:
            return 0
        _rewrite(path, data, ours)
    return sum(member.headers.get("warc-type") == "response" for member in ours)


def _all(path: Path, data: mmap) -> Iterator[Member]:
    end = 0
    while end < len(data):
        member = members.read(data, end)
        if member is None:
            raise DataDirectoryError(f"{path}: damaged at byte {end}: can't tell what it holds")
        yield member
        end = member.end


def _is_of(member: Member, article_id: str) -> bool:
    article = urls.find_article(member.headers.get("warc-target-uri", ""))
    return article is not None and article.article_id == article_id


def _rewrite(path: Path, data: mmap, without: Iterable[Member]) -> None:
    part, start = path.with_name(path.name + PART), 0
    with part.open("wb") as out:
        for member in without:
            out.write(data[start : member.start])
            start = member.end
        out.write(data[start:])
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)
    sync_folder(path.parent)
