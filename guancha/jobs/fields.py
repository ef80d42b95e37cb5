"""The fields of one job, read from TOML: values, or a note of what is wrong with them."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from guancha.jobs.cron import Cron
from guancha.jobs.every import Every, duration

KNOWN = ("name", "spider", "arguments", "settings", "cron", "every", "time_limit", "jitter")
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
"""It becomes the name of files, and of units."""
SPIDER = re.compile(r"\w[\w.-]*")
"""It becomes a word of a command."""
COMMON = ("DATA_DIR", "JOB", "LOG_FILE", "STORE_URL")
"""Settings that no job may have for itself: its log and its line in the ledger would be elsewhere."""
LENGTH = "a length of time such as 45s, 30m, 6h or 7d"
CRON = "the five fields of cron, such as '5 * * * *', and a time that comes"
Value = TypeVar("Value")


class Fields:
    """Each reading returns something of the right type, and notes an error where it made that up."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.table = table
        unknown = [key for key in table if key not in KNOWN]
        self.errors = [f"unknown key {key!r}: known are {', '.join(KNOWN)}" for key in unknown]

    def wrong(self, key: str, expected: str) -> None:
        """Notes an error."""
        got = f"{self.table[key]!r:.200}" if key in self.table else "nothing"
        self.errors.append(f"{key}: expected {expected}, got {got}")

    def name(self) -> str:
        """What the job is called."""
        expected = "at most 40 small letters, digits and hyphens (not the first)"
        return self._read("name", expected, lambda text: _matched(NAME, text), "")

    def spider(self) -> str:
        """The name of its spider."""
        return self._read("spider", "the name of a spider", lambda text: _matched(SPIDER, text), "")

    def length(self, key: str, least: int, default: timedelta | None = None) -> timedelta:
        """A length of time, of so many seconds at least."""

        def read(text: str) -> timedelta:
            if (length := duration(text)) < timedelta(seconds=least):
                raise ValueError(text)
            return length

        if default is not None and key not in self.table:
            return default
        return self._read(key, LENGTH, read, timedelta())

    def when(self) -> Cron | Every | None:
        """Its times; None for none that can be told."""
        if ("cron" in self.table) == ("every" in self.table):
            got = "both" if "cron" in self.table else "neither"
            self.errors.append(f"expected cron or every, got {got}")
            return None
        if "cron" in self.table:
            return self._read("cron", CRON, Cron.parse, None)
        return self._read("every", LENGTH, Every.parse, None)

    def pairs(self, key: str, *types: type) -> dict[str, str]:
        """A table of names and values; other ``types`` than a text are written as one."""
        given = self.table.get(key, {})
        if not isinstance(given, dict):
            self.wrong(key, "a table { NAME = VALUE }")
            return {}
        for name, value in given.items():
            if not name.isidentifier():
                self.errors.append(f"{key}: expected names of letters and digits, got {name!r}")
            if key == "settings" and name in COMMON:
                self.errors.append(f"{key}: {name} is one for all jobs: set it in the environment")
            is_text = isinstance(value, str) and value.isprintable()
            if not (is_text or type(value) in types):
                expected = ", ".join(["a text in one line", *(t.__name__ for t in types)])
                self.errors.append(f"{key}: {name}: expected {expected}; got {value!r:.200}")
        return {name: str(value) for name, value in given.items()}

    def _read(
        self, key: str, expected: str, convert: Callable[[str], Value], otherwise: Any
    ) -> Value:
        value = self.table.get(key)
        try:
            if isinstance(value, str):
                return convert(value)
        except ValueError:
            pass
        self.wrong(key, expected)
        made_up: Value = otherwise
        return made_up


def _matched(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError(text)
    return text
