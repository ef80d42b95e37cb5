"""The pages of an article go, and every other byte stays."""

import gzip
import shutil
from pathlib import Path

import pytest

from guancha.exceptions import DataDirectoryError
from guancha.warc.erasing import PART, erase
from tests.store.deaths import DIED, killed_at, kills
from tests.warc.pages import capture, fill, is_sound, members, numbers, read, unpacked

OTHERS = (1, 77, 2, 17)


def filled(folder: Path, limit: int = 6000) -> list[Path]:
    """Files with the pages of article 7 among those of others."""
    ours = [capture(7), capture(7, page="2", minutes=1), capture(7, b"moved", minutes=2)]
    given = [
        each
        for pair in zip(map(capture, OTHERS), [*ours, capture(3)], strict=True)
        for each in pair
    ]
    return fill(folder, given, limit)


def without(content: bytes, number: int) -> bytes:
    """A file without the records of an article."""
    word = f"2026_10_04_{number}".encode()
    parts = members(content)
    named = [unpack(part) for part in parts]
    return b"".join(
        part
        for part, said in zip(parts, named, strict=True)
        if word + b".shtml" not in said and word + b"_2.shtml" not in said
    )


def unpack(part: bytes) -> bytes:
    return gzip.decompress(part).partition(b"\r\n\r\n")[0]


@pytest.mark.parametrize("limit", [3000, 10**9], ids=["many files", "one"])
def test_every_page_of_it_goes_and_nothing_else(tmp_path: Path, limit: int) -> None:
    files = filled(tmp_path, limit)
    before = {path: path.read_bytes() for path in files}
    assert erase(tmp_path, "7") == 3

    assert {p: p.read_bytes() for p in tmp_path.iterdir()} == {
        path: without(content, 7) for path, content in before.items()
    }
    assert [n for path in files for n in numbers(path)] == [*OTHERS, 3]
    assert not any(b"2026_10_04_7." in unpacked(path) for path in files)
    assert all(is_sound(path) and read(path)[0].kind == "warcinfo" for path in files)
    assert erase(tmp_path, "7") == 0
    assert erase(tmp_path, "8") == 0


def test_without_pages_there_is_nothing_to_do(tmp_path: Path) -> None:
    assert erase(tmp_path / "warc", "7") == 0
    assert list(tmp_path.iterdir()) == []


def test_what_follows_stands_behind_the_others(tmp_path: Path) -> None:
    (path,) = filled(tmp_path, 10**9)
    erase(tmp_path, "7")
    fill(tmp_path, [capture(9)])

    assert is_sound(path)
    assert numbers(path) == [*OTHERS, 3, 9]


def test_what_was_cut_holds_nothing_back(tmp_path: Path) -> None:
    (path,) = filled(tmp_path, 10**9)
    whole = path.read_bytes()
    fill(tmp_path, [capture(7, minutes=5)])
    path.write_bytes(path.read_bytes()[:-5])
    erase(tmp_path, "7")

    assert path.read_bytes() == without(whole, 7)


def test_where_a_file_is_damaged_it_is_said(tmp_path: Path) -> None:
    (path,) = filled(tmp_path, 10**9)
    parts = members(path.read_bytes())
    start = sum(map(len, parts[:4]))
    damaged = b"".join([*parts[:4], b"\0" * len(parts[4]), *parts[5:]])
    path.write_bytes(damaged)

    with pytest.raises(DataDirectoryError, match=f"{path.name}: damaged at byte {start}: "):
        erase(tmp_path, "7")
    assert path.read_bytes() == damaged


def test_killed_at_any_step_each_file_is_old_or_new(tmp_path: Path) -> None:
    kept, folder = tmp_path / "kept", tmp_path / "warc"
    before = {path.name: path.read_bytes() for path in filled(kept, 2000)}
    after = {name: without(content, 7) for name, content in before.items()}
    assert sum(before[name] != after[name] for name in before) > 1
    shutil.copytree(kept, folder)

    def restored() -> None:
        shutil.rmtree(folder)
        shutil.copytree(kept, folder)

    for step in kills(lambda: erase(folder, "7"), most=4):
        restored()
        assert killed_at(step, lambda: erase(folder, "7")) == DIED
        for name, content in before.items():
            assert (folder / name).read_bytes() in (content, after[name])
        erase(folder, "7")
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == after
    assert not list(folder.glob(f"*{PART}"))
