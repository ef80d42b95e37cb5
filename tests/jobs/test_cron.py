"""Cron's five fields, as cron has them, for APScheduler and for systemd."""

from datetime import datetime, timedelta

import pytest

from guancha.jobs.cron import Cron
from guancha.processors.dates import BEIJING

SUNDAY = datetime(2026, 10, 4, 12, tzinfo=BEIJING)


def times(text: str, count: int = 3) -> list[str]:
    """When it runs, from a Sunday noon on."""
    found, trigger = [SUNDAY], Cron.parse(text).trigger()
    for _ in range(count):
        found.append(trigger.get_next_fire_time(found[-1], found[-1]))
    return [moment.strftime("%a %d.%m. %H:%M") for moment in found[1:]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0 9 * * 0", "Sun 11.10. 09:00"),
        ("0 9 * * 7", "Sun 11.10. 09:00"),
        ("0 9 * * 1", "Mon 05.10. 09:00"),
        ("0 9 * * 6", "Sat 10.10. 09:00"),
        ("0 9 * * SUN", "Sun 11.10. 09:00"),
        ("0 9 * * 5-7", "Fri 09.10. 09:00"),
        ("0 9 * * 0-2", "Mon 05.10. 09:00"),
        ("0 9 * * */2", "Tue 06.10. 09:00"),
        ("0 9 * * 1-5/2", "Mon 05.10. 09:00"),
        ("*/20 * * * *", "Sun 04.10. 12:20"),
        ("50/5 * * * *", "Sun 04.10. 12:50"),
        ("0 0 1 jan-mar *", "Fri 01.01. 00:00"),
        ("0 0 29 2 *", "Tue 29.02. 00:00"),
    ],
)
def test_the_next_time(text: str, expected: str) -> None:
    assert times(text, 1) == [expected]


def test_either_day_is_enough_where_both_are_named() -> None:
    assert times("0 0 8 * 5") == ["Thu 08.10. 00:00", "Fri 09.10. 00:00", "Fri 16.10. 00:00"]
    assert times("0 0 */2 * 5", 2) == ["Fri 09.10. 00:00", "Fri 23.10. 00:00"]


@pytest.mark.parametrize(
    "text",
    [
        *("", "* * * *", "* * * * * *", "@daily", "60 * * * *", "-1 * * * *", "* 24 * * *"),
        *("* * 0 * *", "* * 32 * *", "* * * 13 *", "* * * 0 *", "* * * * 8", "5-3 * * * *"),
        *("*/0 * * * *", "1, * * * *", "1,,2 * * * *", "* * * * sunday", "jan * * * *"),
        *("* * L * *", "* * * * 5#2", "? * * * *", "０ * * * *", "0 0 30 2 *", "0 0 31 4,6 *"),
        "1.5 * * * *",
    ],
)
def test_what_cron_would_not_take_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the table puts it into words
        Cron.parse(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("* * * * *", ["*-*-* *:*:00 Asia/Shanghai"]),
        ("5 */6 * * *", ["*-*-* 0,6,12,18:5:00 Asia/Shanghai"]),
        ("0 9 * 2,3 1-5", ["Mon,Tue,Wed,Thu,Fri *-2,3-* 9:0:00 Asia/Shanghai"]),
        ("0 9 8 * 7", ["*-*-8 9:0:00 Asia/Shanghai", "Sun *-*-* 9:0:00 Asia/Shanghai"]),
    ],
)
def test_for_systemd(text: str, expected: list[str]) -> None:
    assert Cron.parse(text).on_calendar == expected


def test_when_it_is_due() -> None:
    daily = Cron.parse("0 9 * * *")
    assert daily.due(None, SUNDAY) == SUNDAY + timedelta(hours=21)
    assert daily.due(SUNDAY - timedelta(hours=3), SUNDAY) == SUNDAY + timedelta(hours=21)
    assert daily.due(SUNDAY - timedelta(hours=4), SUNDAY) == SUNDAY - timedelta(hours=3)
    # By a clock that was wrong.
    assert daily.due(SUNDAY + timedelta(days=9), SUNDAY) == SUNDAY + timedelta(hours=21)


@pytest.mark.parametrize(
    ("text", "minutes"), [("*/7 * * * *", 4), ("0 9,17 * * *", 480), ("0 0 * * 0", 7 * 1440)]
)
def test_the_shortest_distance(text: str, minutes: int) -> None:
    assert Cron.parse(text).shortest == timedelta(minutes=minutes)
