"""A site that answers what a test says, and knows when it was asked."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from types import SimpleNamespace

from replica.site import Answer

NOW = datetime.fromisoformat("2026-10-05T20:00:00+08:00")
ROBOTS = "/robots.txt"
NO_ROBOTS = Answer(404)
PAGE = Answer(
    200,
    """<!DOCTYPE html><html><head><title></title></head><body><ul>
<li class="left left-main"><h3>标题</h3><div class="time fix"><span>2026-10-04 16:19:35</span></div>
<div class="content all-txt"><p>正文。</p></div><div id="comments-container" data-id="1"></div>
</li></ul></body></html>""".encode(),
    {"Content-Type": "text/html; charset=utf-8"},
)


@dataclass(frozen=True)
class Visit:
    """One request, and when it was there and answered, in seconds."""

    target: str
    host: str
    came: float
    left: float


@dataclass
class TimedSite:
    """Answers ``say(how many pages were asked for before)``, and PAGE where that is None.

    What ``say`` raises as ConnectionError breaks the connection; where it sleeps, the answer is late.
    """

    say: Callable[[int], Answer | None] = lambda _: None
    robots: Callable[[], Answer] = lambda: NO_ROBOTS
    dead: frozenset[str] = frozenset()
    """Pages that always fail."""
    visits: list[Visit] = field(default_factory=list)
    world: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(now=NOW))

    def answer(self, host: str, target: str) -> Answer:
        came = time.monotonic()
        turn = len(self.pages)
        try:
            if target == ROBOTS:
                return self.robots()
            return Answer(500) if target in self.dead else self.say(turn) or PAGE
        finally:
            self.visits.append(Visit(target, host, came, time.monotonic()))

    @property
    def pages(self) -> list[Visit]:
        return [visit for visit in self.visits if visit.target != ROBOTS]

    @property
    def gaps(self) -> list[float]:
        """Seconds between one request and the next, robots.txt included."""
        return [after.came - before.came for before, after in pairwise(self.visits)]


def broken(*_: object) -> Answer:
    """No answer at all."""
    raise ConnectionResetError


def address(number: int) -> str:
    return f"/CaiJing/2026_10_04_{number}.shtml"


def urls(count: int) -> str:
    """The argument that asks for so many articles."""
    asked = (f"https://www.guancha.cn{address(number)}" for number in range(1, count + 1))
    return f"urls={','.join(asked)}"
