"""The stand-in, with some of its answers altered by a test."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from replica.site import HTML, Answer, Site
from replica.timeline import World

Alter = Callable[[str, Answer], Answer]
"""Path and answer -> the answer that is given."""
HOME = Answer(302, b"", {"Location": "https://www.guancha.cn/", "Content-Type": HTML})
ARTICLE = re.compile(r"/\d{4}_\d{2}_\d{2}_(\d+)")
ROBOTS = "/robots.txt"


@dataclass
class AlteredSite:
    """A site of 40 entries, in the days of 2026."""

    alter: Alter
    day: int = 0

    def __post_init__(self) -> None:
        self.world = World(1, 40, self.day, "2026")
        self.site = Site(self.world)

    def answer(self, host: str, target: str) -> Answer:
        return self.alter(target, self.site.answer(host, target))


def same(_: str, answer: Answer) -> Answer:
    return answer


def instead(wanted: Callable[[str], bool], given: Answer) -> Alter:
    """Another answer for some paths."""
    return lambda path, answer: given if wanted(path) else answer


def renamed(wanted: Callable[[str], bool], *names: str) -> Alter:
    """A redesign of some pages: these texts of the mark-up are others now."""

    def alter(path: str, answer: Answer) -> Answer:
        body = answer.body
        for name in names if wanted(path) else ():
            body = body.replace(name.encode(), b"new-" + name.encode())
        return replace(answer, body=body)

    return alter


def is_article(path: str) -> bool:
    return bool(ARTICLE.search(path))


def is_listing(path: str) -> bool:
    return not is_article(path) and path != ROBOTS


def is_page(path: str) -> bool:
    return path != ROBOTS


def some(every: int) -> Callable[[str], bool]:
    """One article in so many."""
    return lambda path: bool(found := ARTICLE.search(path)) and int(found[1]) % every == 0
