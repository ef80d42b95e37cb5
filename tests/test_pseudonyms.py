"""The key of readers' pseudonyms: made once, for its owner alone, and never another."""

import stat
from pathlib import Path

import pytest

from guancha.exceptions import DataDirectoryError
from guancha.pseudonyms import FILE, Pseudonyms, write


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    first = Pseudonyms.make(tmp_path)
    second = Pseudonyms.make(tmp_path)

    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert first.of("id", "17") == second.of("id", "17")
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_two_keys_give_two_names(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    one, other = Pseudonyms.make(tmp_path), Pseudonyms.make(tmp_path / "other")

    assert one.of("id", "17") != other.of("id", "17")
    assert one.fingerprint != other.fingerprint


def test_a_pseudonym_holds_nothing_of_the_name(tmp_path: Path) -> None:
    hidden = Pseudonyms.make(tmp_path).of("name", "读者\ud800甲")

    assert len(hidden) == 32
    assert int(hidden, 16) >= 0


@pytest.mark.parametrize("content", [b"", b"short", b"\xff" * 64, b"0" * 63 + b"g"])
def test_what_is_no_key_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)

    with pytest.raises(DataDirectoryError, match=FILE):
        Pseudonyms.read(tmp_path)


def test_a_key_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    Pseudonyms.make(tmp_path)
    before = (tmp_path / FILE).read_bytes()
    write(tmp_path / FILE, "0" * 64)

    assert (tmp_path / FILE).read_bytes() == before


def test_a_copy_is_as_private(tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    Pseudonyms.copy(tmp_path, tmp_path / "copy")
    assert not list((tmp_path / "copy").iterdir())

    made = Pseudonyms.make(tmp_path)
    Pseudonyms.copy(tmp_path, tmp_path / "copy")
    copied = Pseudonyms.read(tmp_path / "copy")
    assert copied
    assert copied.fingerprint == made.fingerprint
    assert stat.S_IMODE((tmp_path / "copy" / FILE).stat().st_mode) == 0o600
