"""``scrapy reparse`` for who types it: what it says, how it ends, and what it leaves behind."""

import gzip
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from guancha.exceptions import ArgumentError, DataDirectoryError
from guancha.reparse.workspace import workspace
from guancha.store import runs
from guancha.store.reading import open_reader, snapshot
from guancha.store.runs import Run
from replica.articles import facts
from replica.site import Site
from replica.timeline import World
from tests.conftest import ROOT
from tests.reparse.archived import alive, children, command, records, reparse
from tests.warc.foreign import OK, answer, packed, record

MANY = 600
"""Pages: enough to be in the middle of them."""
WORLD = World(1, 30, 0, "2026")


def pages(count: int, start: int = 0) -> list[bytes]:
    """Records of so many articles, of the first one's mark-up."""
    entry = next(n for n in range(30) if WORLD.alive(n) and not WORLD.is_stub(n))
    path = facts(WORLD, entry).url.removeprefix("https://www.guancha.cn")
    body = Site(WORLD).answer("www.guancha.cn", path).body
    return [answer(body, url=address(number)) for number in range(start, start + count)]


def address(number: int) -> str:
    return f"https://www.guancha.cn/CaiJing/2026_10_04_{100 + number}.shtml"


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ([], "PATH"),
        (["nowhere"], "nowhere"),
        (["\0"], "PATH"),
        (["empty"], "empty"),
        (["pages.warc", "--jobs", "0"], "--jobs"),
        (["pages.warc", "--jobs", "many"], "--jobs"),
        (["pages.warc", "--since", "yesterday"], "--since"),
        (["pages.warc", "--until", "20261005"], "--until"),
        (["pages.warc", "--since", "2026-10-06", "--until", "2026-10-05"], "--since"),
        (["pages.warc", "--into", "full"], "--into full"),
        (["pages.warc", "--into", "pages.warc"], "--into pages.warc"),
        (["pages.warc", "--into", "no/such"], "--into no/such"),
        (["pages.warc", "--into", "data/out"], "--into data/out"),
        (["pages.warc", "--into", "left"], "left.partial"),
        (["pages.warc", "--fast"], "--fast"),
    ],
)
def test_wrong_use_is_named_and_leaves_nothing(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    named: str,
) -> None:
    from guancha.reparse.asked import Asked
    from guancha.reparse.directory import Directory

    monkeypatch.chdir(tmp_path)
    for name in ("empty", "full/x", "data", "left.partial"):
        Path(name).mkdir(parents=True)
    Path("pages.warc").write_bytes(b"")
    before = sorted(tmp_path.rglob("*"))
    if "--fast" in arguments:
        done = reparse(tmp_path / "data", *arguments, code=2)
        assert named in done.stderr
        return
    paths = [each for n, each in enumerate(arguments) if n < 1]
    options: dict[str, Any] = {
        name.removeprefix("--"): value
        for name, value in zip(arguments[1::2], arguments[2::2], strict=True)
    }

    def ask() -> None:
        asked = Asked.parse(paths, **options)
        Directory.make(asked.into or "", Path("data"))

    with pytest.raises(ArgumentError, match=named):
        ask()
    assert sorted(tmp_path.rglob("*")) == before


def test_wrong_use_ends_with_2(tmp_path: Path) -> None:
    done = reparse(tmp_path / "data", tmp_path / "nowhere", code=2)

    assert "nowhere" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "data").exists()


def test_other_peoples_files_of_any_kind(tmp_path: Path) -> None:
    """Plain, packed as a whole, http, in folders; what is there twice is one."""
    folder = tmp_path / "pages" / "deep"
    folder.mkdir(parents=True)
    one, two, three = pages(3)
    (folder / "a.warc").write_bytes(one + record(b"x", "resource"))
    (folder / "b.WARC.GZ").write_bytes(gzip.compress(answer(url="http://x.example/") + two))
    (folder / "c.warc.gz").write_bytes(
        packed(
            three.replace(b"URI: https", b"URI: http"), one, answer(url="https://www.guancha.cn/")
        )
    )
    (folder / "d.txt").write_bytes(b"no page")
    done = reparse(tmp_path / "data", folder.parent, "--into", tmp_path / "out")

    assert {each["url"] for each in records(tmp_path / "out")} == {*map(address, range(3))}
    told = {line[:21].strip(): line[21:] for line in done.stdout.splitlines()[1:]}
    assert (told["files"], told["captures of articles"]) == ("3", "3")
    assert told["passed over"] == "2 other page, 1 resource"


def test_faults_degrade_it_and_are_told(tmp_path: Path) -> None:
    file = tmp_path / "pages.warc.gz"
    some = [answer(url=address(9), date=None), record(b"?", url=address(8)), b"junk\r\n\r\n"]
    bomb = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(bytes(20 << 20))
    some += [record(bomb, url=address(7)), answer(url="https://www.guancha.cn/" + "x" * 1_000_000)]
    file.write_bytes(packed(*pages(1), *some, *pages(1, 1))[:-20])
    done = reparse(tmp_path / "data", file, "--into", tmp_path / "out", code=3)

    assert done.stdout.startswith("degraded\n")
    for name in ("date", "no answer", "no record", "too large", "headers", "truncated"):
        assert f"1 records with a fault: {name}, first at {file}, byte " in done.stdout
    assert [each["url"] for each in records(tmp_path / "out")] == [address(0)]


def test_pages_that_are_no_articles_degrade_it_beyond_their_share(tmp_path: Path) -> None:
    file = tmp_path / "pages.warc"
    odd = [answer(b"<html><body>odd</body></html>", url=address(n)) for n in range(50, 70)]
    file.write_bytes(b"".join([*pages(5), *odd]))
    done = reparse(tmp_path / "data", file, code=3)

    assert "degraded: layout: 20 of 25 answers, at most 5% expected" in done.stdout
    shown = subprocess.run(
        [*command(tmp_path / "data")[0][:3], "runs", "show", "1"],
        cwd=ROOT,
        env=command(tmp_path / "data")[1],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "reparse" in shown.stdout
    assert "layout: 20 of 25 answers" in shown.stdout


@pytest.mark.parametrize(
    "content",
    [b"", b"A letter.", packed(answer(url="https://x.example/"))],
    ids=["empty", "a letter", "another site"],
)
def test_nothing_of_an_article_is_a_failure(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "pages.warc.gz"
    file.write_bytes(content)
    done = reparse(tmp_path / "data", file, "--into", tmp_path / "out", code=1)

    assert "failed: nothing of an article was in it" in done.stdout


def test_a_file_that_is_taken_away_is_a_failure(tmp_path: Path) -> None:
    there, away = tmp_path / "a.warc", tmp_path / "b.warc"
    there.write_bytes(pages(1)[0])
    # A folder of that name can't be read as a file, whoever asks.
    away.symlink_to("/proc/self/mem")
    done = reparse(tmp_path / "data", there, away, "--into", tmp_path / "out", code=1)

    assert f"can't be read, first at {away}" in done.stdout
    assert f"failed: nothing is kept: {tmp_path / 'out'} was not made" in done.stdout
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.warc", "b.warc"]


def begin(tmp_path: Path, *arguments: str) -> "subprocess.Popen[str]":
    """A reparse of many pages on two processes, which are at work on return."""
    file = tmp_path / "pages.warc"
    file.write_bytes(b"".join(pages(MANY)))
    typed, where = command(tmp_path / "data", file, "--jobs", "2", *arguments, TMPDIR=str(tmp_path))
    run = subprocess.Popen(
        typed, cwd=ROOT, env=where, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 60
    while len(children(run.pid)) < 2 and time.monotonic() < deadline:
        assert run.poll() is None
        time.sleep(0.01)
    return run


def wait_for(path: Path, run: "subprocess.Popen[str]") -> None:
    while not (path.exists() and path.stat().st_size):
        assert run.poll() is None
        time.sleep(0.01)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_leaves_nothing_that_looks_finished(tmp_path: Path, number: int) -> None:
    # Whatever has started the tests, such as nohup, may ignore it, and so would the command then.
    before = signal.signal(number, signal.SIG_DFL)
    try:
        _stopped(tmp_path, number)
    finally:
        signal.signal(number, before)


def _stopped(tmp_path: Path, number: int) -> None:
    run = begin(tmp_path, "--into", str(tmp_path / "out"))
    wait_for(tmp_path / "out.partial" / "articles" / "2026-10-05.jsonl", run)
    workers = children(run.pid)
    os.kill(run.pid, number)
    _, log = run.communicate(timeout=60)

    assert (run.returncode, log.splitlines()[-1]) == (1, "scrapy reparse: it was stopped")
    assert "Traceback" not in log
    assert sorted(each.name for each in tmp_path.iterdir()) == ["pages.warc"]
    assert not any(map(alive, workers))


def ledger(data: Path) -> list[Run]:
    """The runs that an archive knows of."""
    engine = open_reader(None, data)
    with snapshot(engine) as connection:
        found = runs.latest(connection, 9)
    engine.dispose()
    return found


def test_more_stops_do_not_break_off_the_first(tmp_path: Path) -> None:
    run = begin(tmp_path)
    assert run.stderr is not None
    while not run.stderr.readline().startswith("reading"):
        assert run.poll() is None
    while run.poll() is None:
        run.send_signal(signal.SIGINT)
        time.sleep(0.002)
    _, log = run.communicate(timeout=60)

    assert (run.returncode, log.splitlines()[-1]) == (1, "scrapy reparse: it was stopped")
    assert "Traceback" not in log
    (ended,) = ledger(tmp_path / "data")
    assert (ended.reason, ended.verdict) == ("shutdown", "failed")


def test_an_error_in_the_middle_is_in_the_ledger(tmp_path: Path) -> None:
    from guancha.reparse.asked import Asked
    from guancha.reparse.reparse import Limits, reparse

    data, file = tmp_path / "data", tmp_path / "pages.warc"
    file.write_bytes(b"".join(pages(2)))

    def put_in_the_way(name: str, *_: int) -> None:
        if name == "reading":
            shutil.rmtree(data / "articles", ignore_errors=True)
            (data / "articles").touch()

    limits = Limits(data, None, most=1 << 20, max_tries=3, outcomes={}, is_plain=False)
    with pytest.raises(DataDirectoryError) as raised:
        reparse(Asked.parse([str(file)], jobs="1"), limits, put_in_the_way)

    (ended,) = ledger(data)
    assert (ended.reason, ended.verdict) == ("error", "failed")
    assert f"{raised.value}" in ended.reasons[0]


def test_a_full_disk_is_no_fault_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from guancha.reparse.asked import Asked
    from guancha.reparse.reparse import Limits, reparse

    data, file = tmp_path / "data", tmp_path / "pages.warc.gz"
    file.write_bytes(gzip.compress(b"".join(pages(2))))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def fill_up(name: str, number: int, _: int) -> None:
        if not number:
            (folder,) = tmp_path.glob("guancha-reparse-*")
            (folder / "copies-0.gz").symlink_to("/dev/full")

    limits = Limits(data, None, most=1 << 20, max_tries=3, outcomes={}, is_plain=False)
    with pytest.raises(DataDirectoryError, match=r"copies-0\.gz: can't write this temporary file"):
        reparse(Asked.parse([str(file)], jobs="1"), limits, fill_up)
    (ended,) = ledger(data)
    assert (ended.reason, ended.verdict) == ("error", "failed")


@pytest.mark.parametrize("end", [">&-", "2>&-", ">/dev/full", "| true", ">&- 2>&-"])
def test_where_nobody_hears_it_the_work_is_done(tmp_path: Path, end: str) -> None:
    (tmp_path / "pages.warc").write_bytes(pages(1)[0])
    typed, where = command(tmp_path / "data", tmp_path / "pages.warc", "--into", tmp_path / "out")
    line = ["bash", "-o", "pipefail", "-c", f'"$@" {end}', "bash", *typed]
    done = subprocess.run(line, cwd=ROOT, env=where, capture_output=True, text=True, check=False)

    assert (done.returncode, len(records(tmp_path / "out"))) == (0, 1)
    assert "Traceback" not in done.stderr


def test_quiet_says_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "pages.warc").write_bytes(b"")
    done = reparse(tmp_path / "data", tmp_path / "pages.warc", "-q", code=1)

    assert done.stdout == ""
    assert "failed: nothing of an article was in it" in done.stderr.splitlines()


def test_a_kill_leaves_nothing_that_looks_finished_and_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = begin(tmp_path, "--into", str(tmp_path / "out"))
    wait_for(tmp_path / "out.partial" / "articles" / "2026-10-05.jsonl", run)
    workers = children(run.pid)
    run.kill()
    run.communicate(timeout=60)

    assert not (tmp_path / "out").exists()
    deadline = time.monotonic() + 30
    while any(map(alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(alive, workers))
    # What the dead one has left behind goes, what one at work has stays.
    (left,) = tmp_path.glob("guancha-reparse-*")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with workspace() as first, workspace() as second:
        assert {*tmp_path.glob("guancha-reparse-*")} == {first, second}
        assert left not in (first, second)
    assert [*tmp_path.glob("guancha-reparse-*")] == []


def test_a_process_that_dies_is_told_and_the_others_do_the_rest(tmp_path: Path) -> None:
    run = begin(tmp_path, "--into", str(tmp_path / "out"))
    wait_for(tmp_path / "out.partial" / "articles" / "2026-10-05.jsonl", run)
    os.kill(children(run.pid)[0], signal.SIGKILL)
    out, log = run.communicate(timeout=120)

    assert run.returncode == 1, log
    assert f"a process was ended by signal 9, at {tmp_path / 'pages.warc'}, byte " in out
    assert f"visits read          {MANY - 1}\n" in out
    assert not (tmp_path / "out").exists()


def test_a_stop_keeps_what_the_archive_has_taken_in(tmp_path: Path) -> None:
    run = begin(tmp_path)
    wait_for(tmp_path / "data" / "store.sqlite3-wal", run)
    time.sleep(2)
    os.kill(run.pid, signal.SIGTERM)
    _, log = run.communicate(timeout=60)
    assert run.returncode == 1, log
    some = records(tmp_path / "data")
    done = reparse(tmp_path / "data", tmp_path / "pages.warc")

    assert len(some) < MANY
    assert len(records(tmp_path / "data")) == MANY
    assert f"new                  {MANY - len(some):,}\n" in done.stdout


def test_kills_in_the_middle_of_earlier_answers_lose_nothing(tmp_path: Path) -> None:
    late, early, data = tmp_path / "late.warc", tmp_path / "early.warc", tmp_path / "data"
    late.write_bytes(b"".join(pages(120)))
    edited = (each.replace(b"2026-10-05T12", b"2026-10-05T08") for each in pages(120))
    early.write_bytes(b"".join(each.replace(b"<h3>", b"<h3>x") for each in edited))
    early.write_bytes(_measured(early.read_bytes()))
    reparse(data, late, "-q")
    for seconds in (0.2, 0.8, 1.6):
        typed, where = command(data, early, "-q", TMPDIR=str(tmp_path))
        run = subprocess.Popen(typed, cwd=ROOT, env=where)
        wait_for(data / "store.sqlite3-wal", run)
        time.sleep(seconds)
        run.kill()
        run.wait()
    reparse(data, early, "-q")
    reparse(tmp_path / "once", early, late, "-q")

    assert records(data) == records(tmp_path / "once")
    assert len(records(data)) == 240


def _measured(content: bytes) -> bytes:
    """The same records, each with a length that is a byte more."""
    return re.sub(
        rb"Content-Length: (\d+)", lambda m: b"Content-Length: %d" % (int(m[1]) + 1), content
    )


def test_an_archive_in_use_is_left_alone(tmp_path: Path) -> None:
    from guancha.store.store import Store

    file = tmp_path / "pages.warc"
    file.write_bytes(pages(1)[0] + record(OK, url=address(1)))
    store = Store(None, tmp_path / "data")
    try:
        done = reparse(tmp_path / "data", file, code=1)
    finally:
        store.close()

    assert "another run is writing here" in done.stderr
