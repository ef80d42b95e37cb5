"""``scrapy export``: what a stop, a kill or a full disk leaves."""

import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from guancha.export.exporting import Export
from guancha.export.form import Form
from guancha.export.publication import manifest_path
from guancha.export.selection import Selection
from tests.conftest import ROOT, Run, environment
from tests.export.exported_files import FILES, litter, option, rows
from tests.export.sample_archives import Archive, create
from tests.store.records import article

Scrapy = Callable[..., Run]
RECORDS = 1200


def words(number: int) -> str:
    """Text that packs badly."""
    return Random(number).randbytes(500).hex()


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Of one article, and one link to it."""
    made = create(None, tmp_path / "data")
    made.add(article(0))
    made.link(article(0).url, "0")
    yield made
    made.engine.dispose()


@pytest.fixture
def grown(archive: Archive, tmp_path: Path) -> Archive:
    """The same with enough records for several pieces of a file; each file is from before it grew."""
    for name in FILES:
        form = Form.parse(name, None, "zstd" if option(name) else None)
        Export(archive.engine, Selection.parse("articles"), form).to_file(tmp_path / name)
    archive.add(*(article(number, words(number)) for number in range(1, RECORDS)))
    return archive


def killed(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.export.stops", *arguments],
        cwd=ROOT,
        env=environment(tmp_path / "data"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_reader_that_goes_away_ends_it(grown: Archive, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "scrapy", "export", "articles", "--format=jsonl", "-o", "-"]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(tmp_path / "data"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        assert child.stdout
        assert child.stderr
        child.stdout.read(1)
        child.stdout.close()
        log = child.stderr.read().decode()

    assert child.returncode == 1
    assert log == "-o -: Broken pipe\n"


@pytest.mark.parametrize("name", FILES)
def test_killed_in_the_middle_of_writing(grown: Archive, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    old = path.read_bytes()
    command = ["scrapy", "export", "articles", "-o", str(path), *option(name)]
    done = killed(tmp_path, "SIGKILL", "writing", "3", *command[1:])

    assert done.returncode == -signal.SIGKILL
    assert (path.read_bytes(), rows(path)) == (old, 1)
    assert litter(tmp_path)
    again = killed(tmp_path, "SIGKILL", "writing", "1000000", *command[1:])
    assert (again.returncode, rows(path)) == (0, RECORDS)
    assert litter(tmp_path) == []


@pytest.mark.parametrize(
    ("sync", "content", "has_manifest"), [(1, 1, False), (2, RECORDS, False), (3, RECORDS, True)]
)
def test_killed_between_the_two_names(
    grown: Archive, scrapy: Scrapy, tmp_path: Path, sync: int, content: int, has_manifest: bool
) -> None:
    path = tmp_path / "a.jsonl"
    command = ("export", "articles", "-o", str(path))
    done = killed(tmp_path, "SIGKILL", "publishing", str(sync), *command)

    assert done.returncode == -signal.SIGKILL
    assert path.read_bytes().count(b"\n") == content
    assert manifest_path(path).exists() == has_manifest
    assert not has_manifest or rows(path) == content
    assert scrapy(*command).code == 0
    assert rows(path) == RECORDS
    assert litter(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "signal_name"),
    [("a.csv", "SIGTERM"), ("a.parquet", "SIGINT"), ("a.jsonl.zst", "SIGTERM")],
)
def test_stopped_in_the_middle(grown: Archive, tmp_path: Path, name: str, signal_name: str) -> None:
    path = tmp_path / name
    old = path.read_bytes()
    done = killed(
        tmp_path, signal_name, "writing", "3", "export", "articles", "-o", str(path), *option(name)
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "the export was stopped\n"
    assert (path.read_bytes(), rows(path)) == (old, 1)
    assert litter(tmp_path) == []


@pytest.mark.parametrize("name", FILES)
def test_a_full_disk(grown: Archive, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    old = path.read_bytes()
    most = 200_000
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "export", "articles", "-o", str(path), *option(name)],
        cwd=ROOT,
        env=environment(tmp_path / "data"),
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
        timeout=60,
        check=False,
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"-o {path}: File too large\n"
    assert (path.read_bytes(), rows(path)) == (old, 1)
    assert litter(tmp_path) == []
