"""The clock: one place, one zone, a start that can be set."""

from datetime import datetime

import pytest

from guancha import clock
from guancha.exceptions import ArgumentError


def test_it_starts_where_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(clock.VARIABLE, "2026-10-04T12:00:00+00:00")
    origin = datetime.fromisoformat("2026-10-04T20:00:00+08:00")

    assert clock.now() >= origin
    assert clock.stamp(origin) == "2026-10-04T20:00:00+08:00"
    assert clock.now() <= clock.now()


@pytest.mark.parametrize("value", ["2026-10-04", "2026-10-04T12:00:00", "now"])
def test_a_start_without_a_zone_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(clock.VARIABLE, value)
    with pytest.raises(ArgumentError, match=f"GUANCHA_NOW.*{value}"):
        clock.now()


def test_without_one_it_is_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(clock.VARIABLE, raising=False)

    assert clock.now().utcoffset() is not None
