"""From the store to the file: manifests, packing, one moment."""

import gzip
import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from guancha.exceptions import StoreError
from guancha.export.exporting import Export
from guancha.export.form import Form
from guancha.export.publication import manifest_path
from guancha.export.selection import Selection
from guancha.jsonlines import line
from tests.conftest import ROOT
from tests.export.sample_archives import Archive
from tests.store.records import article, outcome

FORMS = [
    Form("jsonl", None),
    Form("csv", None),
    Form("parquet", "zstd"),
    Form("jsonl", "gzip"),
    Form("csv", "zstd"),
]


def exported(archive: Archive, path: Path, form: Form, **options: Any) -> dict[str, Any]:
    """Makes the file and returns its manifest, read."""
    stream = options.pop("stream", "articles")
    Export(archive.engine, Selection.parse(stream, **options), form).to_file(path)
    manifest: dict[str, Any] = json.loads(manifest_path(path).read_text("utf-8"))
    return manifest


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_the_manifest_is_that_of_the_file(
    archive: Archive, tmp_path: Path, form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUANCHA_NOW", "2026-10-06T08:00:00+08:00")
    archive.add(article(1, date="2026-10-01"), article(2, date="2026-10-03"), outcome(3, "gone"))
    path = tmp_path / "文章"
    manifest = exported(archive, path, form, since="2026-09-30", section="CaiJing")

    assert manifest.pop("made").startswith("2026-10-06T")
    assert manifest == {
        "rows": 2,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "bytes": path.stat().st_size,
        "first_day": "2026-10-01",
        "last_day": "2026-10-03",
        "selection": {
            "stream": "articles",
            "since": "2026-09-30",
            "until": None,
            "sections": ["CaiJing"],
            "all_revisions": False,
        },
        "form": {"format": form.format, "compression": form.compression},
        "archive_id": archive.id,
        "schema_version": 1,
    }


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_nothing_to_export_is_a_file_as_well(simple: Archive, tmp_path: Path, form: Form) -> None:
    manifest = exported(simple, tmp_path / "a", form, stream="links")

    assert (manifest["rows"], manifest["first_day"], manifest["last_day"]) == (0, None, None)
    assert manifest["bytes"] == (tmp_path / "a").stat().st_size


def test_packed_lines_are_the_lines(simple: Archive, tmp_path: Path) -> None:
    records = [article(number, "正文。" * 500) for number in range(1200)]
    simple.add(*records)
    lines = b"".join(map(line, records))
    for form in (Form("jsonl", None), Form("jsonl", "gzip"), Form("jsonl", "zstd")):
        exported(simple, tmp_path / str(form.compression), form)

    assert (tmp_path / "None").read_bytes() == lines
    assert gzip.decompress((tmp_path / "gzip").read_bytes()) == lines
    with pa.input_stream(tmp_path / "zstd", compression="zstd") as stream:
        assert stream.read() == lines


def test_the_same_store_gives_the_same_bytes(simple: Archive, tmp_path: Path) -> None:
    simple.add(*(article(number) for number in range(20)))
    for form in FORMS:
        first, second = (exported(simple, tmp_path / name, form)["sha256"] for name in "ab")
        assert first == second


@pytest.mark.parametrize("form", FORMS[1:], ids=str)
def test_a_broken_store_leaves_what_was_there(
    archive: Archive, tmp_path: Path, form: Form, capfd: pytest.CaptureFixture[str]
) -> None:
    archive.add(article(1))
    old = exported(archive, tmp_path / "a", form)
    broken = article(2)
    broken.title = 5  # type: ignore[assignment]
    broken.section = ["CaiJing"]  # type: ignore[assignment]
    archive.add(broken)
    with archive.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE lines SET content = 'x' WHERE article_id = '2'")
    with pytest.raises(StoreError):
        exported(archive, tmp_path / "a", form, section="CaiJing")

    assert json.loads(manifest_path(tmp_path / "a").read_text("utf-8")) == old
    assert hashlib.sha256((tmp_path / "a").read_bytes()).hexdigest() == old["sha256"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "a.manifest.json", "data"]
    assert capfd.readouterr().err == ""


WRITER = """
import sys
from pathlib import Path
from tests.export.sample_archives import Archive
from tests.store.records import article
from guancha.store.engine import open_engine
url, data = sys.argv[1] or None, Path(sys.argv[2])
archive = Archive(url, data, open_engine(url, data), "")
for revision in range(2, 100_000):
    archive.add(*(article(number, revision=revision) for number in (1, 2)))
    print(revision, flush=True)
"""


def test_an_export_is_one_moment_while_another_process_commits(
    archive: Archive, tmp_path: Path
) -> None:
    archive.add(article(1), article(2))
    command = [sys.executable, "-c", WRITER, archive.url or "", str(archive.data)]
    seen = []
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as writer:
        assert writer.stdout
        try:
            for _ in range(12):
                # At least one more pair since the last export.
                writer.stdout.readline()
                exported(archive, tmp_path / "newest", Form("parquet", "zstd"))
                one, two = pq.read_table(tmp_path / "newest").column("revision").to_pylist()
                assert one == two
                exported(archive, tmp_path / "all", Form("jsonl", None), all_revisions=True)
                records = [json.loads(each) for each in (tmp_path / "all").open()]
                numbers = [(each["article_id"], each["revision"]) for each in records]
                assert numbers == [(n, r + 1) for r in range(len(numbers) // 2) for n in "12"]
                seen.append(one)
        finally:
            writer.kill()
    assert seen == sorted(seen)
    assert seen[-1] > seen[0]
