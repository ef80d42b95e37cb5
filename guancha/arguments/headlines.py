"""What ``scrapy crawl headlines`` takes."""

from collections.abc import Mapping
from dataclasses import dataclass

from guancha.arguments.reading import Parser, read, wrong


def _browser(name: str, value: str) -> bool:
    if value not in ("0", "1"):
        raise wrong(name, value, "1 (a browser makes the boxes) or 0 (they are read from JSON)")
    return value == "1"


_PARSERS: dict[str, Parser] = {"browser": _browser}


@dataclass(frozen=True)
class HeadlinesArguments:
    """What ``scrapy crawl headlines -a NAME=VALUE`` takes."""

    browser: bool = True
    """Whether a browser makes the boxes as readers see them; without, those made by scripts are read
    from the JSON behind them."""

    @classmethod
    def parse(cls, given: Mapping[str, str]) -> "HeadlinesArguments":
        """Reads the arguments as given on the command line; raises ArgumentError for a wrong one."""
        return cls(**read(_PARSERS, given))
