"""An answer that was not written to its end is dropped, and nothing else ever is."""

import gzip
import logging
from pathlib import Path
from random import Random

import pytest

from guancha.warc import members as in_file
from guancha.warc.files import mend
from guancha.warc.members import MAGIC
from tests.warc.pages import capture, fill, is_sound, members, numbers, read

NOISE = Random(1).randbytes(40_000)
PACKED = gzip.compress(b"WARC/1.1\r\nWARC-Type: request\r\n\r\n")
HOSTILE = (MAGIC * 50, NOISE + PACKED + NOISE[::-1][:1000])
"""The last can't be packed, and stands in the file as it is: records within a record."""


@pytest.mark.parametrize("body", HOSTILE, ids=["magics", "member"])
def test_torn_at_any_byte_of_the_last_answer(
    tmp_path: Path, body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    (path,) = fill(tmp_path, [capture(1)])
    before = path.read_bytes()
    fill(tmp_path, [capture(2, body)])
    after = path.read_bytes()
    assert (PACKED in after) == (PACKED in body)

    for size in range(max(len(before) + 1, after.find(PACKED)), len(after)):
        path.write_bytes(after[:size])
        caplog.clear()
        mend(path)
        assert path.read_bytes() == before, size
        (told,) = caplog.records
        assert told.levelno == logging.WARNING
        assert f"{path}: " in told.message
        assert f" {size - len(before)} bytes of it are dropped" in told.message


def test_torn_at_any_byte_of_the_first_answer(tmp_path: Path) -> None:
    (path,) = fill(tmp_path, [capture(1)])
    whole = path.read_bytes()
    first = members(whole)[0]

    for size in range(1, len(whole)):
        path.write_bytes(whole[:size])
        mend(path)
        assert path.read_bytes() == (first if size >= len(first) else b"")
    path.write_bytes(whole[: len(first) // 2])
    fill(tmp_path, [capture(2)])
    assert is_sound(path)
    assert read(path)[0].kind == "warcinfo"
    assert numbers(path) == [2]


@pytest.mark.parametrize("tail", [b"\0" * 5000, MAGIC, b"\x1f", MAGIC + b"\0" * 70_000])
def test_what_a_loss_of_power_leaves_is_dropped(tmp_path: Path, tail: bytes) -> None:
    (path,) = fill(tmp_path, map(capture, range(1, 4)))
    whole = path.read_bytes()
    path.write_bytes(whole + tail)
    mend(path)

    assert path.read_bytes() == whole


def test_what_is_whole_is_left_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    bodies = [*HOSTILE, b"x" * 100_000]
    (path,) = fill(tmp_path, [capture(n, body) for n, body in enumerate(bodies)])
    whole, looked = path.read_bytes(), []
    original = in_file.read
    monkeypatch.setattr(in_file, "read", lambda d, at: looked.append(at) or original(d, at))
    mend(path)

    assert path.read_bytes() == whole
    assert caplog.records == []
    assert looked == [0, len(whole) - len(members(whole)[-1])], "the first record, and the last"


def test_a_damaged_place_in_the_middle_costs_nothing_behind_it(tmp_path: Path) -> None:
    (path,) = fill(tmp_path, map(capture, range(1, 4)))
    parts = members(path.read_bytes())
    parts[4] = b"\0" * len(parts[4])
    path.write_bytes(b"".join(parts))
    mend(path)

    assert path.read_bytes() == b"".join(parts)


def test_an_empty_file_is_begun_anew(tmp_path: Path) -> None:
    (path,) = fill(tmp_path, [capture(1)])
    path.write_bytes(b"")
    mend(path)
    fill(tmp_path, [capture(2)])

    assert is_sound(path)
    assert numbers(path) == [2]
