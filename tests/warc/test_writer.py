"""Where answers go: a file a day, another where it is long enough, and none that is half there."""

import os
import resource
import signal
from pathlib import Path

import pytest

from guancha.exceptions import DataDirectoryError
from guancha.warc import records
from guancha.warc.writer import Writer
from tests.store.deaths import DONE
from tests.warc.pages import ASKED, BIG, NOON, capture, fill, is_sound, numbers, read

OTHER = 3 * records.info("x.warc.gz", NOON, 0)
"""Of another's making, with records that we never end a file with."""
MIDNIGHT = 12 * 60
"""Minutes from noon in Beijing."""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_day_is_that_of_beijing(tmp_path: Path) -> None:
    before, after = capture(1, minutes=MIDNIGHT - 1), capture(2, minutes=MIDNIGHT)
    files = fill(tmp_path, [before, after])

    assert names(tmp_path) == ["2026-10-05-00001.warc.gz", "2026-10-06-00001.warc.gz"]
    assert [numbers(path) for path in files] == [[1], [2]]


def test_a_file_that_is_long_enough_is_followed_by_another(tmp_path: Path) -> None:
    files = fill(tmp_path, map(capture, range(1, 8)), limit=3000)

    assert len(files) > 2
    assert names(tmp_path) == [f"2026-10-05-{n:05}.warc.gz" for n in range(1, len(files) + 1)]
    assert [n for path in files for n in numbers(path)] == list(range(1, 8))
    assert all(path.stat().st_size >= 3000 for path in files[:-1])
    assert all(is_sound(path) for path in files)


def test_a_later_run_goes_on_where_there_is_room(tmp_path: Path) -> None:
    fill(tmp_path, [capture(1)])
    (path,) = fill(tmp_path, [capture(2)])
    kinds = [record.kind for record in read(path)]

    assert numbers(path) == [1, 2]
    assert kinds == ["warcinfo", *2 * ["response", "metadata", "request"]]
    assert fill(tmp_path, [capture(3)], limit=1)[0] == path
    assert names(tmp_path) == ["2026-10-05-00001.warc.gz", "2026-10-05-00002.warc.gz"]
    assert numbers(path) == [1, 2]


def test_what_is_written_is_there_before_it_is_closed(tmp_path: Path) -> None:
    writer = Writer(tmp_path, BIG)
    written = writer.write(capture(1), ASKED)
    (path,) = tmp_path.iterdir()

    assert path.stat().st_size == written
    assert numbers(path) == [1]
    writer.close()
    writer.close()


def test_without_an_answer_there_is_no_file(tmp_path: Path) -> None:
    assert fill(tmp_path / "warc", []) == []


@pytest.mark.parametrize("name", ["2026-10-05-00001.warc.gz", "2026-10-04-00001.warc.gz"])
@pytest.mark.parametrize("content", [b"foreign", b"\x1f\x8b\x08garbage" * 200, b"x" * 5000, OTHER])
def test_what_is_not_ours_is_refused_and_left_alone(
    tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(DataDirectoryError, match=f"{name}: expected a WARC file that we have"):
        fill(tmp_path, [capture(1)])
    assert (tmp_path / name).read_bytes() == content
    assert names(tmp_path) == [name]


def test_files_of_other_names_are_nobody_s_business(tmp_path: Path) -> None:
    others = ("2026-10-05-abcde.warc.gz", "2026-10-05-1.warc.gz", "9.warc.gz", "x.part", "x.warc")
    for other in others:
        (tmp_path / other).write_bytes(b"foreign")
    fill(tmp_path, [capture(1)])

    assert names(tmp_path) == sorted(["2026-10-05-00001.warc.gz", *others])
    assert {(tmp_path / other).read_bytes() for other in others} == {b"foreign"}


def test_a_folder_of_no_use_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "warc/2026-10-05-00001.warc.gz").mkdir(parents=True)

    for folder, said in (("file", "file: File exists"), ("file/below", "Not a directory")):
        with pytest.raises(DataDirectoryError, match=said):
            Writer(tmp_path / folder, BIG)
    with pytest.raises(DataDirectoryError, match=r"00001\.warc\.gz: Is a directory"):
        Writer(tmp_path / "warc", BIG)


def test_on_a_full_disk_an_answer_is_there_or_not(tmp_path: Path) -> None:
    child = os.fork()
    if not child:
        # No file may grow beyond this, as if the disk were full.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
        code = 1
        try:
            with pytest.raises(DataDirectoryError, match="File too large"):
                fill(tmp_path, map(capture, range(1, 9)))
            code = DONE
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == DONE
    (path,) = tmp_path.iterdir()

    assert is_sound(path)
    count = len(numbers(path))
    assert 0 < count < 8
    assert read(path)[-1].kind == "request"
