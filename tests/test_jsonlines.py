"""The files: one whole line a record, whatever happened to the run before."""

import json
from pathlib import Path

import pytest

from guancha.exceptions import DataDirectoryError
from guancha.items import Article, Outcome
from guancha.jsonlines import Stream, line, mend

OUTCOME = Outcome(
    url="https://www.guancha.cn/", kind="gone", date_crawled="2026-10-05T00:00:01+08:00"
)


def test_a_line_keeps_chinese_and_the_order_of_the_fields() -> None:
    written = line(Article(title="标题", text="一\n\n二"))

    assert "标题".encode() in written
    assert written.count(b"\n") == 1
    assert list(json.loads(written)) == list(Article.__dataclass_fields__)


def test_records_go_to_the_file_of_their_day(tmp_path: Path) -> None:
    stream = Stream(tmp_path / "outcomes")
    for day in ("05", "06", "05"):
        stream.append(Outcome(url="x", kind="gone", date_crawled=f"2026-10-{day}T00:00:01+08:00"))
    stream.close()

    assert len((tmp_path / "outcomes/2026-10-05.jsonl").read_bytes().splitlines()) == 2
    assert len((tmp_path / "outcomes/2026-10-06.jsonl").read_bytes().splitlines()) == 1


@pytest.mark.parametrize(
    ("before", "after", "torn"),
    [
        (b"", b"", None),
        (b'{"a":1}\n', b'{"a":1}\n', None),
        (b'{"a":1}\n{"a":2', b'{"a":1}\n', b'{"a":2\n'),
        (b'{"a":1}\n{"a":2}', b'{"a":1}\n{"a":2}\n', None),
        (b'{"a":', b"", b'{"a":\n'),
        (b'{"a":1}\n' + "标".encode()[:2], b'{"a":1}\n', "标".encode()[:2] + b"\n"),
        (b'{"a":1}\n' + b"x" * 200_000, b'{"a":1}\n', b"x" * 200_000 + b"\n"),
    ],
)
def test_a_torn_last_line_is_mended_and_kept(
    tmp_path: Path, before: bytes, after: bytes, torn: bytes | None
) -> None:
    path = tmp_path / "2026-10-05.jsonl"
    path.write_bytes(before)
    mend(path)

    kept = tmp_path / "2026-10-05.jsonl.torn"
    assert path.read_bytes() == after
    assert (kept.read_bytes() if kept.exists() else None) == torn


def test_every_cut_of_a_file_is_mended(tmp_path: Path) -> None:
    path = tmp_path / "2026-10-05.jsonl"
    whole = line(OUTCOME) * 2
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        stream = Stream(tmp_path)
        stream.append(OUTCOME)
        stream.close()
        lines = path.read_bytes().splitlines(keepends=True)
        assert set(lines) == {line(OUTCOME)}, size


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    stream = Stream(tmp_path)
    with pytest.raises(DataDirectoryError, match="another run is writing here"):
        Stream(tmp_path)
    stream.close()
    Stream(tmp_path).close()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DataDirectoryError, match="file/articles"):
        Stream(tmp_path / "file/articles")
