"""What is counted is what went out."""

import hashlib
import io
from typing import Any

import pytest

from guancha.export.measure import Measure


class Slow(io.BytesIO):
    """Takes three bytes at a time, as a file without a buffer may."""

    def write(self, data: Any) -> int:
        return super().write(bytes(data[:3]))


class Full(io.BytesIO):
    def write(self, _: Any) -> int:
        raise OSError(28, "No space left on device")


def test_all_of_it_is_passed_on_counted_and_hashed() -> None:
    file = Slow()
    measure = Measure(file)
    measure.write(b"0123456789")
    measure.write(b"")
    measure.write(b"ab")

    assert file.getvalue() == b"0123456789ab"
    assert measure.size == measure.tell() == 12
    assert measure.sha256 == hashlib.sha256(b"0123456789ab").hexdigest()


def test_after_an_error_nothing_more_is_tried() -> None:
    measure = Measure(Full())
    with pytest.raises(OSError, match="No space"):
        measure.write(b"a")

    assert measure.write(b"end") == 3
    assert measure.size == 0


def test_a_file_that_was_let_go_gets_nothing_more() -> None:
    file = io.BytesIO()
    measure = Measure(file)
    measure.drop()
    measure.write(b"end")

    assert file.getvalue() == b""
