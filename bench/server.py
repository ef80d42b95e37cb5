"""The replica with all its pages in memory, as heavy as the real ones: ``python -m bench.server ARTICLES``.

Pages are rendered beforehand and filled up with a style sheet and a script of invented rules, as the site has
them: 57 KB become 80. Prints what to export, as ``python -m replica serve`` does; then ``asked`` at the first
request, and at the end how many there were.
"""

import asyncio
import re
import sys
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import unquote, urljoin, urlsplit

from replica.addresses import HOME
from replica.answers import Answer
from replica.faults import Faults
from replica.running import serve
from replica.site import Site
from replica.timeline import World

SEED, ERA = 1, "2026"
LINK = re.compile(rb'href="([^"#?]+)')
STYLE, SCRIPT = 9_000, 14_000
"""Bytes that are added to a page: those that the replica leaves out."""


def _filling(rule: str, size: int) -> bytes:
    rules, text = count(), ""
    while len(text) < size:
        text += rule.format(next(rules))
    return text.encode()


FILLING = b"<style>%b</style>\n<script>%b</script>\n</head>" % (
    _filling(".module-{0} a.fl {{ margin: 0 {0}px; color: #7b7b7b; font-size: 14px; }}\n", STYLE),
    _filling('$(".box-{0}").on("click", function () {{ count("pc", {0}); }});\n', SCRIPT),
)


@dataclass(frozen=True)
class Kept(Site):
    """A site that answers from memory."""

    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def fill(self) -> None:
        """Renders every page that a link leads to, from the home page on."""
        waiting = [urlsplit(HOME).path]
        while waiting:
            path = waiting.pop()
            if path in self.pages:
                continue
            answer = super().answer("www.guancha.cn", path)
            body = answer.body.replace(b"</head>", FILLING, 1)
            self.pages[path] = Answer(answer.status, body, answer.headers)
            links = (urljoin(HOME + path[1:], found.decode()) for found in LINK.findall(body))
            parts = (urlsplit(link) for link in links)
            waiting += [unquote(part.path) for part in parts if part.netloc == "www.guancha.cn"]

    def answer(self, host: str, target: str) -> Answer:
        """The page as it is in memory; all else as the replica says it."""
        if not self.asked:
            print("asked", flush=True)
        self.asked.append(target)
        kept = (
            self.pages.get(unquote(target.partition("?")[0])) if host == "www.guancha.cn" else None
        )
        return kept or super().answer(host, target)


def main() -> None:
    """Serves until it is told to end."""
    site = Kept(World(SEED, int(sys.argv[1]), 0, ERA))
    site.fill()
    asyncio.run(serve(site, Faults()))
    print(len(site.asked))


if __name__ == "__main__":
    main()
