"""How one argument is read; each error names it, its value and what was expected."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

from guancha.exceptions import ArgumentError, UrlError

Pages = int | Literal["new", "all"]
Parser = Callable[[str, str], Any]
"""Name and value as given -> the value; raises ArgumentError."""


def wrong(name: str, value: str, expected: str) -> ArgumentError:
    """The error of a value of no use."""
    return ArgumentError(f"spider argument {name!r}: expected {expected}, got {value!r}")


def read(parsers: Mapping[str, Parser], given: Mapping[str, str]) -> dict[str, Any]:
    """The values of what was given on the command line; refuses what has no parser."""
    unknown = sorted(set(given) - set(parsers))
    if unknown:
        known = ", ".join(parsers)
        raise ArgumentError(f"unknown spider argument {unknown[0]!r}: known are {known}")
    return {name: parsers[name](name, value) for name, value in given.items()}


def pages(name: str, value: str) -> Pages:
    """A number of listing pages, ``new`` or ``all``."""
    if value in ("new", "all"):
        return value  # type: ignore[return-value]
    return number(name, value, least=1, expected="a number of listing pages, 'new' or 'all'")


def number(name: str, value: str, *, least: int, expected: str) -> int:
    """A whole number."""
    if not (value.isascii() and value.isdigit() and len(value) <= 9 and int(value) >= least):
        raise wrong(name, value, expected)
    return int(value)


def age(value: str) -> timedelta | None:
    """The time that ``3d``, ``12h`` or ``0`` stands for; None for anything else."""
    match = re.fullmatch(r"([0-9]{1,4})([dh])|0", value)
    if match is None:
        return None
    number = int(match[1] or 0)
    return timedelta(hours=number) if match[2] == "h" else timedelta(days=number)


def parse_day(value: str) -> date | None:
    """The day that ``YYYY-MM-DD`` names, None for anything else: Python reads other forms as well."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if day.isoformat() == value else None


def day(name: str, value: str) -> date:
    """A day."""
    parsed = parse_day(value)
    if parsed is None:
        raise wrong(name, value, "YYYY-MM-DD")
    return parsed


def flag(name: str, value: str) -> bool:
    """0 or 1."""
    if value not in ("0", "1"):
        raise wrong(name, value, "0 or 1")
    return value == "1"


def named(name: str, value: str, read_one: Callable[[str], object], what: str) -> str:
    """What the user lists, parted by commas or by ``@FILE``; ``read_one`` raises UrlError for a wrong one.

    A file is read line by line later on: here it must be there.
    """
    if value.startswith("@"):
        if not Path(value[1:]).is_file():
            raise wrong(name, value, "@ and the name of a file that is there")
        return value
    each = [part.strip() for part in value.split(",") if part.strip()]
    if not each:
        raise wrong(name, value, f"{what} parted by commas, or @FILE")
    for part in each:
        try:
            read_one(part)
        except UrlError as error:
            raise wrong(name, part, f"{what} parted by commas, or @FILE") from error
    return value


def refuse_reversed(since: date | None, until: date | None, given: Mapping[str, str]) -> None:
    """Refuses a first day behind the last."""
    if since and until and since > until:
        raise wrong("since", given["since"], f"a day not after until={given['until']}")
