"""Settings as numbers and shares; whatever else they hold is refused in words."""

import json
import math
import re
from collections.abc import Mapping

from scrapy.settings import BaseSettings

from guancha.exceptions import ArgumentError
from guancha.verdict.reasons import Floors

MOST = 10**9
"""Of a setting that has no other bound."""


def read_number(settings: BaseSettings, name: str, least: int, most: int = MOST) -> int:
    """A whole number within bounds; where 0 is one, nothing is 0. Raises ArgumentError."""
    value = settings.get(name)
    if value in (None, "") and not least:
        return 0
    if not re.fullmatch(r"[0-9]{1,18}", str(value)) or not least <= int(value) <= most:
        expected = f"expected a number from {least} to {most}"
        raise ArgumentError(f"setting {name}: {expected}, got {value!r}")
    return int(value)


def read_share(settings: BaseSettings, name: str) -> float:
    """A share from 0 to below 1. Raises ArgumentError."""
    return _share(name, settings.get(name))


def read_shares(settings: BaseSettings, name: str) -> dict[str, float]:
    """Names with their shares, as a dict or JSON object. Raises ArgumentError."""
    value = settings.get(name)
    try:
        given = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        given = None
    if not isinstance(given, Mapping):
        raise ArgumentError(f"setting {name}: expected a JSON object of shares, got {value!r}")
    return {key: _share(f"{name}[{key!r}]", each) for key, each in given.items()}


def read_seconds(settings: BaseSettings, name: str) -> float:
    """A number of seconds; 0 where it is off. Raises ArgumentError."""
    value = settings.get(name) or 0
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = -1
    if not 0 <= number < math.inf:
        raise ArgumentError(f"setting {name}: expected a number of seconds, got {value!r}")
    return number


def read_floors(settings: BaseSettings) -> Floors:
    """What is expected of a run. Raises ArgumentError."""
    return Floors(
        fields=read_shares(settings, "FIELD_FLOORS"),
        drop=read_share(settings, "FIELD_DROP"),
        steady_drop=read_share(settings, "FIELD_DROP_STEADY"),
        articles=read_share(settings, "ARTICLES_LEAST"),
        listings=read_share(settings, "LISTINGS_LEAST"),
        shown=read_share(settings, "SHOWN_LEAST"),
        incomplete=read_share(settings, "INCOMPLETE_MOST"),
        outcomes=read_shares(settings, "OUTCOMES_MOST"),
        gone=read_share(settings, "GONE_MOST"),
        stale_days=read_number(settings, "STALE_DAYS", least=1, most=36500),
    )


def _share(name: str, value: object) -> float:
    try:
        share = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        share = -1
    if not 0 <= share < 1:
        raise ArgumentError(f"setting {name}: expected a share from 0 to below 1, got {value!r}")
    return share
