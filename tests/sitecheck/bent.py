"""The replica, but for what a test says; asked within the process."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from scrapy.http import TextResponse

from guancha.sitecheck.findings import Finding, Standing
from guancha.sitecheck.survey import Survey
from replica.site import HTML, Answer, Site
from replica.timeline import World

Bend = Callable[[str, str, Answer], Answer | None]
"""(host, path and query, the sound answer) -> another in its place, or None."""
WORLD = World(1, 600, era="2026")
HOME = Answer(302, b"", {"Location": "https://www.guancha.cn/"})


@dataclass
class BentSite:
    """Answers as the replica, but where ``bend`` does."""

    world: World = WORLD
    bend: Bend = lambda *_: None
    asked: list[str] = field(default_factory=list)
    """Host and target of each request."""

    def answer(self, host: str, target: str) -> Answer:
        self.asked.append(host + target)
        sound = Site(self.world).answer(host, target)
        return self.bend(host, target, sound) or sound


def found(site: BentSite) -> dict[str, Finding]:
    """What a survey of the site finds."""
    survey = Survey("guancha")
    with suppress(StopIteration):
        url = next(survey.steps)
        while True:
            parts = urlsplit(url)
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            said = site.answer(parts.hostname or "", target)
            response = TextResponse(url, said.status, said.headers, said.body, encoding="utf-8")
            url = survey.steps.send(response)
    return {each.claim.key: each.finding for each in survey.end()}


def unwell(findings: Mapping[str, Finding]) -> dict[str, Standing]:
    """The claims that somebody has to look into."""
    return {
        key: finding.standing for key, finding in findings.items() if not finding.standing.is_well
    }


def at(where: str, answer: Answer | None = None, /, **changes: object) -> Bend:
    """Bends the answers to addresses that match: into another, or one with fields changed."""

    def bend(host: str, target: str, sound: Answer) -> Answer | None:
        if not re.search(where, host + target):
            return None
        return answer or replace(sound, **changes)  # type: ignore[arg-type]

    return bend


def instead(text: str, other: str) -> Bend:
    """Addresses with ``text`` in them answer as they would with ``other`` in its place."""

    def bend(host: str, target: str, sound: Answer) -> Answer | None:
        full = host + target
        if text not in full:
            return None
        there, slash, path = full.replace(text, other).partition("/")
        return Site(WORLD).answer(there, slash + path)

    return bend


def renamed(where: str, old: str, new: str) -> Bend:
    """What is ``old`` on pages whose addresses match is ``new``."""

    def bend(host: str, target: str, sound: Answer) -> Answer | None:
        if not re.search(where, host + target):
            return None
        return replace(sound, body=sound.body.replace(old.encode(), new.encode()))

    return bend


def page(html: str) -> Answer:
    """A page of its own."""
    return Answer(200, html.encode(), {"Content-Type": HTML})
