"""Every printed form, and everything else refused."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guancha.exceptions import DateError
from guancha.processors.dates import BEIJING, is_us_date, iso_date

NOW = datetime(2020, 3, 1, 9, 30, 45, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("2019-09-07 09:25:09", "2019-09-07T09:25:09+08:00"),
        (" 2019-09-07\xa009:25:09 ", "2019-09-07T09:25:09+08:00"),
        ("2019-09-07 08:57", "2019-09-07T08:57+08:00"),
        ("2019-9-7 8:57", "2019-09-07T08:57+08:00"),
        ("2019-09-06", "2019-09-06"),
        ("2019-09-07T09:25:09+08:00", "2019-09-07T09:25:09+08:00"),
        ("10/04/2026 18:53:44", "2026-10-04T18:53:44+08:00"),
        ("最后更新: 2019-09-07 09:27:48", "2019-09-07T09:27:48+08:00"),
        ("最后更新：2019-09-07 09:27:48", "2019-09-07T09:27:48+08:00"),
        ("2019年9月7日 09:25", "2019-09-07T09:25+08:00"),
        ("2019年09月07日09:25:01", "2019-09-07T09:25:01+08:00"),
        ("2019年9月7日", "2019-09-07"),
        ("2019/09/07 9:25", "2019-09-07T09:25+08:00"),
        ("2019.09.07", "2019-09-07"),
        ("2020-02-29", "2020-02-29"),
        ("1999-01-01", "1999-01-01"),
        ("2100-12-31 23:59:59", "2100-12-31T23:59:59+08:00"),
    ],
)
def test_absolute(printed: str, expected: str) -> None:
    assert iso_date(printed) == expected
    assert iso_date(printed, NOW) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("刚刚", "2020-03-01T09:30+08:00"),
        ("50秒前", "2020-03-01T09:29+08:00"),
        ("30 秒钟前", "2020-03-01T09:30+08:00"),
        ("3分钟前", "2020-03-01T09:27+08:00"),
        ("15小时前", "2020-02-29T18:30+08:00"),
        ("1个小时前", "2020-03-01T08:30+08:00"),
        ("2天前", "2020-02-28"),
        ("今天 08:00", "2020-03-01T08:00+08:00"),
        ("昨天 18:30", "2020-02-29T18:30+08:00"),
        ("昨天18:30:05", "2020-02-29T18:30:05+08:00"),
        ("前天 18:30", "2020-02-28T18:30+08:00"),
        ("昨天", "2020-02-29"),
        ("02-01 13:20", "2020-02-01T13:20+08:00"),
        ("03-01 09:30", "2020-03-01T09:30+08:00"),
        ("03-01 09:31", "2019-03-01T09:31+08:00"),
        ("12-31 23:59", "2019-12-31T23:59+08:00"),
        ("02-29 10:00", "2020-02-29T10:00+08:00"),
        ("03-01", "2020-03-01"),
        ("03-02", "2019-03-02"),
        ("3月2日 10:00", "2019-03-02T10:00+08:00"),
    ],
)
def test_relative(printed: str, expected: str) -> None:
    assert iso_date(printed, NOW) == expected
    assert iso_date(printed, NOW.astimezone(UTC)) == expected


def test_the_day_is_beijings_whatever_the_zone_of_the_reference() -> None:
    late = datetime(2019, 12, 31, 17, 0, tzinfo=UTC)
    assert iso_date("昨天 18:30", late) == "2019-12-31T18:30+08:00"
    assert iso_date("01-01 00:30", late) == "2020-01-01T00:30+08:00"


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (datetime(2020, 3, 1, tzinfo=BEIJING), "2020-02-29"),
        (datetime(2021, 1, 5, tzinfo=BEIJING), "2020-02-29"),
        (datetime(2020, 2, 1, tzinfo=BEIJING), None),
        (datetime(2022, 3, 1, tzinfo=BEIJING), None),
    ],
)
def test_a_leap_day_without_its_year(today: datetime, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(DateError, match="02-29"):
            iso_date("02-29", today)
    else:
        assert iso_date("02-29", today) == expected


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "来源：观察者网",
        "2019-02-30",
        "2019-13-01",
        "02-30 10:00",
        "2019-09-07 25:00",
        "2019-09-07 24:00",
        "2019-09-07 10:60",
        "2019-09-07 10:00:60",
        "2019-09-07 9",
        "2019-09/07",
        "1998-12-31",
        "2101-01-01",
        "0000-00-00",
        "13/04/2026 18:53:44",
        "٢٠١٩-٠٩-٠٧",
        "２０１９-09-07",
        "三分钟前",
        "-3分钟前",
        "9999天前",
        "99999999天前",
        "明天 10:00",
        "2019-09-07 09:25:09 来源",
        "2019-09-07T09:25:09+00:00",
    ],
)
def test_refused(printed: str) -> None:
    with pytest.raises(DateError, match="expected"):
        iso_date(printed, NOW)


@pytest.mark.parametrize("printed", ["刚刚", "3分钟前", "昨天 18:30", "02-01 13:20", "02-01"])
@pytest.mark.parametrize(
    ("reference", "complaint"),
    [
        (None, "reference"),
        (datetime(2020, 1, 1), "zone"),
        (datetime.min.replace(tzinfo=UTC), "1999 to 2100"),
        (datetime.max.replace(tzinfo=UTC), "1999 to 2100"),
    ],
)
def test_a_reference_that_does_not_serve(
    printed: str, reference: datetime | None, complaint: str
) -> None:
    with pytest.raises(DateError, match=complaint) as caught:
        iso_date(printed, reference)
    assert printed in str(caught.value)


def test_a_long_value_is_shown_in_part() -> None:
    with pytest.raises(DateError) as caught:
        iso_date("昨" * 100_000, NOW)
    assert len(str(caught.value)) < 300


@given(
    st.one_of(
        st.text(),
        st.from_regex(r"[0-9]{1,4}[-/.年月日 :天小时分钟前]{1,2}[0-9]{1,4}.{0,12}", fullmatch=True),
        st.text("0123456789-/.: 年月日秒分钟小时天前昨今刚T+"),
    ),
    st.one_of(st.none(), st.datetimes(), st.datetimes(timezones=st.just(BEIJING))),
)
def test_nothing_but_a_date_error(printed: str, reference: datetime | None) -> None:
    try:
        iso = iso_date(printed, reference)
    except DateError:
        return
    assert iso_date(iso) == iso


@given(st.datetimes(datetime(1999, 1, 1), datetime(2100, 12, 31)))
def test_what_is_printed_comes_back(moment: datetime) -> None:
    moment = moment.replace(microsecond=0, tzinfo=BEIJING)
    assert iso_date(f"{moment:%Y-%m-%d %H:%M:%S}") == moment.isoformat()
    assert iso_date(f"{moment:%m/%d/%Y %H:%M:%S}") == moment.isoformat()
    next_day = (moment + timedelta(days=1)).replace(year=min(moment.year, 2100))
    assert iso_date(f"{moment:%m-%d}", max(moment, next_day))[5:] == f"{moment:%m-%d}"


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("10/04/2026 18:53:44", True),
        (" 10/04/2026  18:53:44\n", True),
        ("10/04/2026 18:53", False),
        ("10/04/2026", False),
        ("2026-10-04 18:53:44", False),
        ("1٠/04/2026 18:53:44", False),
    ],
)
def test_is_us_date(printed: str, expected: bool) -> None:
    assert is_us_date(printed) is expected


@given(
    st.builds(
        "{}-{}-{}{}".format,
        st.sampled_from(["1998", "1999", "2019", "2020", "2100", "2101", "٢٠١٩"]),
        st.sampled_from(["00", "01", "02", "9", "12", "13", "19"]),
        st.sampled_from(["00", "1", "28", "29", "30", "31", "32", "39"]),
        st.sampled_from(
            ["", " 00:00", " 23:59:59", " 24:00", " 9:05", " 12:60", " 12:00:60", "T12:00", " "]
        ),
    )
)
def test_the_usual_form_is_read_like_the_same_behind_a_label(printed: str) -> None:
    def read(text: str) -> str | None:
        try:
            return iso_date(text)
        except DateError:
            return None

    assert read(printed) == read(f"发布时间：{printed}")
