"""Times as the site prints them, in ISO 8601 and no more precise than printed.

The site prints Beijing time and no zone. Relative forms count back from ``reference``: the date of
the response, never the clock of a later run.
"""

import re
from calendar import isleap
from datetime import date, datetime, timedelta, timezone

from guancha.exceptions import DateError
from guancha.processors.text import clean

BEIJING = timezone(timedelta(hours=8), "+08:00")
"""The zone of every time of the site; China has no daylight saving time."""

_YEARS = range(1999, 2101)
_EXPECTED = "a time as the site prints it, such as 2019-09-07 09:25:09, 02-01 13:20 or 3分钟前"
_LABEL = r"(?:(?:最后更新|更新时间|发布时间)\s?[:：]\s?)?"
_TIME = r"(?P<hour>[0-9]{1,2})[:：](?P<minute>[0-9]{2})(?:[:：](?P<second>[0-9]{2}))?"
_YEAR, _MONTH, _DAY = r"(?P<year>[0-9]{4})", r"(?P<month>[0-9]{1,2})", r"(?P<day>[0-9]{1,2})"
_US = re.compile(r"[0-9]{2}/[0-9]{2}/[0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2}")
# [0-9] on purpose: \d takes the digits of any script.
_DATES = [
    re.compile(
        rf"{_LABEL}{_YEAR}(?P<mark>[-/.]){_MONTH}(?P=mark){_DAY}(?:[ T]{_TIME}(?:\+08:00)?)?"
    ),
    re.compile(rf"{_LABEL}{_YEAR}年{_MONTH}月{_DAY}日(?: ?{_TIME})?"),
    re.compile(rf"{_MONTH}/{_DAY}/{_YEAR} {_TIME}"),
    re.compile(rf"{_MONTH}-{_DAY}(?: {_TIME})?"),
    re.compile(rf"{_MONTH}月{_DAY}日(?: ?{_TIME})?"),
]
# The usual form, which is ISO 8601 but for its space and its zone.
_PLAIN = re.compile(
    r"(?:1999|20[0-9]{2})-[01][0-9]-[0-3][0-9](?: (?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?)?"
)
_AGO = re.compile(r"(?P<count>[0-9]{1,4}) ?(?P<unit>秒|秒钟|分钟|小时|个小时|天)前")
_DAYS = re.compile(rf"(?P<word>今天|昨天|前天)(?: ?{_TIME})?")
_WORDS = {"今天": 0, "昨天": 1, "前天": 2}
_UNITS = {
    "秒": timedelta(seconds=1),
    "秒钟": timedelta(seconds=1),
    "分钟": timedelta(minutes=1),
    "小时": timedelta(hours=1),
    "个小时": timedelta(hours=1),
    "天": timedelta(days=1),
}


def is_us_date(printed: str) -> bool:
    """Whether a time has the form ``MM/DD/YYYY HH:MM:SS``, which the site prints on stubs alone.

    >>> is_us_date("10/04/2026 18:53:44"), is_us_date("2026-10-04 18:53:44")
    (True, False)
    """
    return _US.fullmatch(clean(printed)) is not None


def is_relative(printed: str) -> bool:
    """Whether a time is so many units ago, and thus known to one unit only.

    >>> is_relative("15小时前"), is_relative("刚刚"), is_relative("昨天 18:30")
    (True, True, False)
    """
    text = clean(printed)
    return text == "刚刚" or _AGO.fullmatch(text) is not None


def iso_date(printed: str, reference: datetime | None = None) -> str:
    """ISO 8601 of a printed time, with ``+08:00`` where there is a time of day.

    Absolute forms keep their precision: second, minute or day. ``02-01 13:20`` is of the year of
    ``reference``, or of the year before if that lies ahead of it. 刚刚 and so many seconds,
    minutes or hours ago are given to the minute, wrong by up to the unit printed; days ago to the
    day. ``reference`` must know its zone; only relative and yearless forms need it.

    Raises DateError for anything else, for impossible dates and for years outside 1999 to 2100.

    >>> iso_date("2019-09-07 09:25:09"), iso_date("2019年9月7日 9:25"), iso_date("2019-09-06")
    ('2019-09-07T09:25:09+08:00', '2019-09-07T09:25+08:00', '2019-09-06')
    >>> now = datetime(2020, 1, 31, 12, 0, tzinfo=BEIJING)
    >>> iso_date("15小时前", now), iso_date("02-01 13:20", now)
    ('2020-01-30T21:00+08:00', '2019-02-01T13:20+08:00')
    """
    text = clean(printed)
    if _PLAIN.fullmatch(text) and _is_real(text[:10]):
        return text if len(text) == 10 else f"{text[:10]}T{text[11:]}+08:00"
    for pattern in _DATES:
        if match := pattern.fullmatch(text):
            return _dated(match, printed, reference)
    if match := _DAYS.fullmatch(text):
        day = _beijing(reference, printed) - timedelta(days=_WORDS[match["word"]])
        return _iso(
            _moment(day.year, day.month, day.day, match, printed), _precision(match), printed
        )
    if match := _AGO.fullmatch(text):
        moment = _beijing(reference, printed) - _UNITS[match["unit"]] * int(match["count"])
        return _iso(moment, "day" if match["unit"] == "天" else "minutes", printed)
    if text == "刚刚":
        return _iso(_beijing(reference, printed), "minutes", printed)
    raise DateError(f"date {_shown(printed)}: expected {_EXPECTED}")


def _is_real(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _dated(match: re.Match[str], printed: str, reference: datetime | None) -> str:
    """The date that a pattern took apart; a missing year is found from the reference."""
    month, day = int(match["month"]), int(match["day"])
    if "year" in match.groupdict():
        return _iso(
            _moment(int(match["year"]), month, day, match, printed), _precision(match), printed
        )
    now = _beijing(reference, printed)
    for year in (now.year, now.year - 1):
        # The one day that not every year has; any other impossible day is an error in both.
        if (month, day) == (2, 29) and not isleap(year):
            continue
        moment = _moment(year, month, day, match, printed)
        if moment <= now:
            return _iso(moment, _precision(match), printed)
    raise DateError(f"date {_shown(printed)}: expected a day of the year before {now:%Y-%m-%d}")


def _moment(year: int, month: int, day: int, match: re.Match[str], printed: str) -> datetime:
    """A day with the time of day in ``match``, midnight where it has none."""
    hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=BEIJING)
    except ValueError as error:
        raise DateError(f"date {_shown(printed)}: expected a real date, but {error}") from error


def _precision(match: re.Match[str]) -> str:
    return "seconds" if match["second"] else "minutes" if match["hour"] else "day"


def _iso(moment: datetime, precision: str, printed: str) -> str:
    if moment.year not in _YEARS:
        raise DateError(f"date {_shown(printed)}: expected a year from 1999 to 2100")
    return moment.date().isoformat() if precision == "day" else moment.isoformat(timespec=precision)


def _beijing(reference: datetime | None, printed: str) -> datetime:
    """The reference on Beijing's clock."""
    if reference is None:
        raise DateError(
            f"date {_shown(printed)}: expected a reference to count back from, got none"
        )
    if reference.utcoffset() is None:
        raise DateError(
            f"date {_shown(printed)}: expected a reference with a zone, got {reference!r}"
        )
    if reference.year not in _YEARS:
        raise DateError(
            f"date {_shown(printed)}: expected a reference of 1999 to 2100, got {reference!r}"
        )
    return reference.astimezone(BEIJING)


def _shown(printed: str) -> str:
    """The value for an error message, which a whole page must not flood."""
    return repr(printed if len(printed) <= 60 else f"{printed[:60]}…")
