"""What ``scrapy crawl headlines`` takes."""

from collections.abc import Mapping
from dataclasses import dataclass

from guancha.arguments.reading import Parser, flag, read

_PARSERS: dict[str, Parser] = {"browser": flag}


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
