"""Settings as numbers and shares: what is none is refused, with its name."""

import pytest
from scrapy.settings import BaseSettings

from guancha.exceptions import ArgumentError
from guancha.extensions.options import read_number, read_share, read_shares


def settings(value: object) -> BaseSettings:
    return BaseSettings({"DATA_DIR": value})


def test_they_are_read_as_typed_and_as_set() -> None:
    assert (read_number(settings("5"), "DATA_DIR", 1), read_number(settings(5), "DATA_DIR", 5)) == (
        5,
        5,
    )
    assert (read_share(settings("0.5"), "DATA_DIR"), read_share(settings(0), "DATA_DIR")) == (
        0.5,
        0,
    )
    assert read_shares(settings('{"a": 0.5}'), "DATA_DIR") == read_shares(
        settings({"a": 0.5}), "DATA_DIR"
    )


@pytest.mark.parametrize("value", [None, "", "-1", "x", 1.5, 0, [], True, "9" * 20, 10**10])
def test_what_is_no_number_is_refused(value: object) -> None:
    with pytest.raises(
        ArgumentError, match="setting DATA_DIR: expected a number from 1 to 1000000000, got"
    ):
        read_number(settings(value), "DATA_DIR", least=1)


@pytest.mark.parametrize("value", [None, "", "-0.1", "x", 1, "nan", "inf", []])
def test_what_is_no_share_is_refused(value: object) -> None:
    with pytest.raises(
        ArgumentError, match="setting DATA_DIR: expected a share from 0 to below 1, got"
    ):
        read_share(settings(value), "DATA_DIR")


@pytest.mark.parametrize("value", [None, "", "x", "[1]", "0.5", 3])
def test_what_are_no_shares_is_refused(value: object) -> None:
    with pytest.raises(
        ArgumentError, match="setting DATA_DIR: expected a JSON object of shares, got"
    ):
        read_shares(settings(value), "DATA_DIR")


def test_a_wrong_share_among_them_is_named() -> None:
    with pytest.raises(ArgumentError, match=r"setting DATA_DIR\['b'\]: expected a share .* got 2"):
        read_shares(settings('{"a": 0.5, "b": 2}'), "DATA_DIR")
