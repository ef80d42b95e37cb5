"""Bad days: answers that fail, break off, lie or wear another mark-up, by a seeded hash."""

import re
from dataclasses import dataclass

from replica.answers import HTML, Answer
from replica.words import draw, number

ENDINGS = ("errors", "reset", "truncate", "challenge", "garbage")
"""What can befall an answer; at most one of them does."""
SLOW = "slow"
SLOW_SECONDS = 2.0
NAMES = (*ENDINGS, SLOW, "rename")
SELECTOR = re.compile(r"[.#]?[A-Za-z][\w-]*")
COOKIE = "passed=21"
"""The cookie of a browser that ran the script of the challenge."""
CHALLENGE = """<html><head><meta charset="utf-8"></head><body><script>
document.cookie = "passed=" + 3 * 7 + "; domain=guancha.cn; path=/";
location.reload();
</script></body></html>
"""


class FaultError(ValueError):
    """Raised for a specification that names no fault, or gives it no value that it could have."""


@dataclass(frozen=True)
class Mishap:
    """What becomes of one answer."""

    answer: Answer
    delay: float = 0.0
    """Seconds to wait first."""
    reset: bool = False
    """Whether the connection breaks in the middle of the body."""
    sound: bool = False
    """Whether the site meant it: only such an answer has an ETag."""


@dataclass(frozen=True)
class Faults:
    """The faults of one run: probabilities by name, and selectors to rename."""

    seed: int = 0
    rates: tuple[tuple[str, float], ...] = ()
    renames: tuple[str, ...] = ()

    def befall(self, url: str, turn: int, answer: Answer, cookies: str = "") -> Mishap:
        """What becomes of the answer when ``url`` is asked for the ``turn``-th time.

        Who comes with the cookie of the challenge meets none.
        """
        if url.endswith("/robots.txt"):
            return Mishap(answer, sound=True)
        rates = dict(self.rates)
        slow = _chance(self.seed, url, turn, SLOW) < rates.get(SLOW, 0)
        delay = SLOW_SECONDS if slow else 0.0
        ending = self._ending(url, turn)
        if ending is None or (ending == "challenge" and COOKIE in cookies.split("; ")):
            return Mishap(self._renamed(answer), delay, sound=True)
        return self._ended(ending, url, turn, answer, delay)

    def _ending(self, url: str, turn: int) -> str | None:
        rates = dict(self.rates)
        level = _chance(self.seed, url, turn, "ending")
        for name in ENDINGS:
            level -= rates.get(name, 0)
            if level < 0:
                return name
        return None

    def _ended(self, name: str, url: str, turn: int, answer: Answer, delay: float) -> Mishap:
        html = {"Content-Type": HTML}
        rng = draw(self.seed, url, turn, name)
        match name:
            case "errors":
                return Mishap(Answer(503, b"<html><body>503</body></html>", html), delay)
            case "challenge":
                return Mishap(Answer(200, CHALLENGE.encode(), html), delay)
            case "garbage":
                return Mishap(Answer(200, rng.randbytes(rng.randint(200, 9000)), html), delay)
            case "reset":
                return Mishap(self._renamed(answer), delay, reset=True)
            case _:
                whole = self._renamed(answer)
                cut = whole.body[: int(len(whole.body) * rng.random())]
                return Mishap(Answer(whole.status, cut, whole.headers), delay)

    def _renamed(self, answer: Answer) -> Answer:
        body = answer.body
        for selector in self.renames:
            body = _rename(body, selector)
        return Answer(answer.status, body, answer.headers)


def _chance(*keys: int | str) -> float:
    return number(*keys) / 2**64


def _rename(body: bytes, selector: str) -> bytes:
    """Gives a class, an id or a tag another name throughout the page."""
    name = re.escape(selector.lstrip(".#")).encode()
    if selector.startswith("."):
        token = rb'(class="(?:[^"]*\s)?)(' + name + rb')(?=[\s"])'
        return re.sub(token, rb"\1new-\2", body)
    if selector.startswith("#"):
        return re.sub(rb'(\sid=")(' + name + rb')(?=")', rb"\1new-\2", body)
    return re.sub(rb"(</?)(" + name + rb")(?=[\s>])", rb"\1new-\2", body)


def parse_faults(text: str, seed: int) -> Faults:
    """Reads ``errors=0.1,slow=0.05,rename=.all-txt``.

    Raises FaultError with the offending part and what was expected.
    """
    rates: dict[str, float] = {}
    renames: list[str] = []
    for part in filter(None, text.split(",")):
        name, _, value = part.partition("=")
        if name not in NAMES:
            raise FaultError(f"expected one of {', '.join(NAMES)}, got {name!r}")
        if name == "rename":
            if not SELECTOR.fullmatch(value):
                raise FaultError(f"rename: expected .class, #id or a tag, got {value!r}")
            renames.append(value)
            continue
        rates[name] = _rate(name, value)
    if sum(rates.get(name, 0) for name in ENDINGS) > 1:
        raise FaultError(f"expected {' + '.join(ENDINGS)} of at most 1, got {text!r}")
    return Faults(seed, tuple(rates.items()), tuple(renames))


def _rate(name: str, value: str) -> float:
    try:
        rate = float(value)
    except ValueError:
        rate = -1.0
    if not 0 <= rate <= 1:
        raise FaultError(f"{name}: expected a probability from 0 to 1, got {value!r}")
    return rate
