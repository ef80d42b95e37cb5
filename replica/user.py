"""user.guancha.cn and app.guancha.cn: the hosts of what readers write."""

import re
from urllib.parse import parse_qs, urlsplit

from replica import comments, community
from replica.answers import JSON, NOTHING, SCRIPT, Answer
from replica.timeline import World

HOSTS = {"user.guancha.cn": community.USER, "app.guancha.cn": community.APP}
COMMENTS = "user.guancha.cn"
CALLBACK = re.compile(r"[A-Za-z_$][\w$.]{0,63}", re.ASCII)
OPENED = {
    "Access-Control-Allow-Origin": "https://www.guancha.cn",
    "Access-Control-Allow-Credentials": "true",
}
"""Lets a page of the site read an answer that it asks for by script."""


def answer(world: World, host: str, target: str) -> Answer:
    """The answer to a path and query at one of the hosts."""
    parts = urlsplit(target)
    if told := HOSTS[host].get(parts.path):
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        return told(world, asked)
    said = comments.answer(world, target) if host == COMMENTS else None
    return NOTHING if said is None else _told(said, target)


def _told(said: str, target: str) -> Answer:
    """JSON as it is, or inside a call where the request names one (JSONP)."""
    call = parse_qs(urlsplit(target).query).get("callback", [""])[0]
    if CALLBACK.fullmatch(call):
        return Answer(200, f"{call}({said});".encode(), {"Content-Type": SCRIPT})
    return Answer(200, said.encode(), {"Content-Type": JSON, **OPENED})
