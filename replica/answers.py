"""What the site says to a request."""

from dataclasses import dataclass, field

from replica.addresses import HOME

HTML = "text/html; charset=utf-8"
JSON = "application/json; charset=utf-8"
SCRIPT = "application/javascript; charset=utf-8"


@dataclass(frozen=True)
class Answer:
    """Status, body and headers."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def moved(target: str, status: int = 302) -> Answer:
    """Go there instead."""
    return Answer(status, b"", {"Location": target, "Content-Type": HTML})


def page(html: str) -> Answer:
    """A page."""
    return Answer(200, html.encode(), {"Content-Type": HTML})


GONE_HOME = moved(HOME)
NOTHING = Answer(404, b"<html><body><h1>404</h1></body></html>", {"Content-Type": HTML})
