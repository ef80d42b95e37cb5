"""Which files are read: nothing that is named is passed over in silence."""

import os
from pathlib import Path

import pytest

from guancha.exceptions import ArgumentError
from guancha.reparse.sources import find_files


def test_files_are_found_below_a_folder_each_once(tmp_path: Path) -> None:
    (tmp_path / "deep" / "x.warc").mkdir(parents=True)
    for name in ("b.warc.gz", "deep/A.WARC", "deep/c.txt"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "z.warc").symlink_to("b.warc.gz")

    found = find_files([str(tmp_path), str(tmp_path / "deep" / "A.WARC")])

    assert {each.resolve() for each in found} == {
        tmp_path / "b.warc.gz",
        tmp_path / "deep/A.WARC",
    }
    assert len(found) == 2


@pytest.mark.parametrize("name", ["nope", "\0"])
def test_a_name_of_no_use_is_told_once(name: str) -> None:
    with pytest.raises(ArgumentError) as told:
        find_files([name])

    assert str(told.value).count("PATH") == 1
    assert repr(name) in str(told.value)


def test_what_is_named_as_one_and_is_no_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(b"")
    (tmp_path / "lost.warc").symlink_to("nowhere")
    with pytest.raises(ArgumentError, match=r"lost\.warc"):
        find_files([str(tmp_path)])

    (tmp_path / "lost.warc").unlink()
    os.mkfifo(tmp_path / "pipe.warc.gz")
    with pytest.raises(ArgumentError, match=r"pipe\.warc\.gz"):
        find_files([str(tmp_path)])


def test_a_folder_that_is_not_shown_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is too deep for the system: permissions say nothing to root."""
    (tmp_path / "a.warc").write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    for _ in range(25):
        Path("x" * 200).mkdir()
        monkeypatch.chdir("x" * 200)

    with pytest.raises(ArgumentError, match="File name too long"):
        find_files([str(tmp_path)])
