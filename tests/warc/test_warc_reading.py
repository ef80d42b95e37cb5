"""Whatever a file holds, it is read to its end: each record, or a fault by its name."""

import gzip
import random
import zlib
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import brotli
import pytest

from guancha.warc import answers, records
from guancha.warc.captures import Capture, Note
from guancha.warc.reading import MOST_FAULTS, Fault, Record, read
from tests.warc.foreign import OK, URL, answer, chunked, packed, record

MOST = 100_000
NOW = datetime(2026, 10, 5, 12, tzinfo=UTC)
LATEST = NOW + timedelta(days=1)
PAGE = b"<html>page</html>"
Pack = Callable[..., bytes]
PACKS: dict[str, Pack] = {
    "a member each": packed,
    "plain": lambda *each: b"".join(each),
    "one member": lambda *each: gzip.compress(b"".join(each)),
    "blocks": lambda *each: _in_blocks(b"".join(each)),
}


def _in_blocks(content: bytes) -> bytes:
    return b"".join(gzip.compress(content[at : at + 300]) for at in range(0, len(content), 300))


def found(path: Path, content: bytes, start: int = 0) -> list[Record | Fault]:
    path.write_bytes(content)
    with path.open("rb") as file:
        return list(read(file, MOST, start))


def captures(path: Path, content: bytes) -> list[Capture | str]:
    """What each response yields, and the names of the faults, in order."""
    return [
        each.name if isinstance(each, Fault) else answers.capture(each, LATEST, MOST)
        for each in found(path, content)
        if isinstance(each, Fault) or each.kind == "response"
    ]


def bodies(path: Path, content: bytes) -> list[bytes | str]:
    return [each if isinstance(each, str) else each.body for each in captures(path, content)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "pages.warc.gz"


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_records_are_read_however_the_file_is_packed(path: Path, pack: Pack) -> None:
    info = record(b"software: x\r\n", "warcinfo", url=None)
    asked = record(b"GET / HTTP/1.1\r\n\r\n", "request")

    read_out = found(path, pack(info, answer(PAGE), asked, answer(b"<html>2</html>")))

    assert [each.kind for each in read_out if isinstance(each, Record)] == [
        "warcinfo",
        "response",
        "request",
        "response",
    ]


@pytest.mark.parametrize("pack", [PACKS["a member each"], PACKS["plain"]])
def test_a_record_is_met_again_where_it_stood(path: Path, pack: Pack) -> None:
    content = pack(*(answer(b"%d" % number) for number in range(3)))

    for each in found(path, content):
        assert isinstance(each, Record)
        assert each.is_first
        assert found(path, content, each.offset)[0] == each


def test_a_record_in_the_middle_of_a_member_says_so(path: Path) -> None:
    first, second = found(path, gzip.compress(answer() + answer()))

    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert (first.is_first, second.is_first) == (True, False)


def test_what_the_archive_has_written_is_read_as_it_was(path: Path) -> None:
    note = Note("题目: 一", 2, "CaiJing", "https://www.guancha.cn/x/2026_10_05_1.shtml", URL)
    kept = Capture(URL, NOW, 200, [("Content-Type", "text/html"), ("X", "é:1")], PAGE, note)

    response, metadata, request = found(path, records.answer(kept, [("Host", "x")], 7))

    assert isinstance(response, Record)
    assert isinstance(metadata, Record)
    assert isinstance(request, Record)
    told = answers.capture(response, LATEST, MOST)
    assert isinstance(told, Capture)
    assert (told.url, told.date, told.status, told.body) == (URL, NOW, 200, PAGE)
    assert told.headers == kept.headers
    assert answers.note(metadata) == note
    assert metadata.headers["warc-concurrent-to"] == response.headers["warc-record-id"]


HOSTILE = {
    "no date": (answer(date=None), "date"),
    "no zone": (answer(date="2026-10-05T12:00:00"), "date"),
    "no such date": (answer(date="2026-13-45T99:00:00Z"), "date"),
    "a date out of range": (answer(date="0001-01-01T00:00:00Z"), "date"),
    "the last of dates": (answer(date="9999-12-31T23:59:59-12:00"), "date"),
    "tomorrow's tomorrow": (answer(date="2026-10-07T12:00:01Z"), "date"),
    "no HTTP": (record(b"<html></html>\r\n\r\n"), "no answer"),
    "no headers": (record(b"HTTP/1.1 200 OK"), "no answer"),
    "an empty block": (record(b""), "no answer"),
    "NULs": (record(b"\0" * 5000), "no answer"),
    "no status": (record(b"HTTP/1.1 OK\r\n\r\nx"), "no answer"),
    "a status of four digits": (record(b"HTTP/1.1 2000 OK\r\n\r\nx"), "no answer"),
    "a flood of headers": (
        record(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 2000 + b"\r\n"),
        "no answer",
    ),
    "one endless header": (record(b"HTTP/1.1 200 OK\r\nA: " + b"b" * 90_000), "no answer"),
    "a body too large": (answer(b"x" * 3 * MOST), "too large"),
    "no length": (answer(length="many"), "length"),
    "a length below 0": (answer(length=-5), "length"),
    "a length of a hundred digits": (answer(length="9" * 100), "length"),
    "a flood of WARC's headers": (answer(**{f"X-{n}": "y" for n in range(2000)}), "headers"),
    "an endless header of WARC": (answer(X="y" * 300_000), "headers"),
    "a bomb": (
        answer(
            zlib.compress(b"x" * 1000 * MOST),
            b"HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n",
        ),
        "too large",
    ),
    "gzip in gzip": (
        answer(
            gzip.compress(gzip.compress(b"x" * 300 * MOST)),
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\n\r\n",
        ),
        "too large",
    ),
    "a bomb of brotli": (
        answer(
            brotli.compress(b"x" * 100 * MOST), b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n"
        ),
        "too large",
    ),
    "many codings": (
        answer(b"x", b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip,gzip,gzip,gzip\r\n\r\n"),
        "coding",
    ),
    "a coding of its own": (
        answer(b"x", b"HTTP/1.1 200 OK\r\nContent-Encoding: middle-out\r\n\r\n"),
        "coding",
    ),
    "cut gzip": (
        answer(
            gzip.compress(random.Random(1).randbytes(500))[:-60],
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n",
        ),
        "coding",
    ),
    "cut brotli": (
        answer(
            brotli.compress(random.Random(1).randbytes(500))[:-60],
            b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n",
        ),
        "coding",
    ),
    "no deflate": (
        answer(b"\xff" * 50, b"HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n"),
        "coding",
    ),
    "broken chunks": (
        answer(b"5\r\nhello\r\nzz\r\nx", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
        "chunks",
    ),
    "a chunk without end": (
        answer(b"ff\r\nhello", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
        "chunks",
    ),
    "no record": (b"Dear reader,\r\nthis is a letter.\r\n\r\n", "no record"),
    "another version": (answer().replace(b"WARC/1.0", b"WARC/7.0"), "no record"),
}


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
@pytest.mark.parametrize(("hostile", "name"), HOSTILE.values(), ids=HOSTILE)
def test_each_fault_has_a_name_and_the_next_record_is_read(
    path: Path, hostile: bytes, name: str, pack: Pack
) -> None:
    assert bodies(path, pack(answer(b"before"), hostile, answer(b"behind"))) == [
        b"before",
        name,
        b"behind",
    ]


@pytest.mark.parametrize("pack", [*PACKS.values()][:3], ids=[*PACKS][:3])
def test_all_of_them_in_one_file(path: Path, pack: Pack) -> None:
    hostile = [each for each, _ in HOSTILE.values()]
    content = pack(*(part for each in hostile for part in (each, answer(PAGE))))

    told = Counter(each if isinstance(each, str) else "page" for each in captures(path, content))

    assert told == Counter([*(name for _, name in HOSTILE.values()), *["page"] * len(hostile)])


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
@pytest.mark.parametrize(("wrong", "names"), [(-3, {"length"}), (+3, {"length", "cut"})])
def test_a_wrong_length_costs_its_record_alone(
    path: Path, pack: Pack, wrong: int, names: set[str]
) -> None:
    block = OK + b"<html>wrong</html>"
    content = pack(answer(b"before"), record(block, length=len(block) + wrong), answer(b"behind"))

    before, fault, behind = bodies(path, content)

    assert (before, behind) == (b"before", b"behind")
    assert fault in names


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_a_length_beyond_the_end_hides_nothing(path: Path, pack: Pack) -> None:
    for length in (5_000, 10**9):
        block = answer(b"swallowing", length=length)
        content = pack(answer(b"before"), block, answer(b"behind"))

        before, fault, *behind = bodies(path, content)

        assert (before, fault) == (b"before", "cut")
        # What was unpacked and passed over can't be had back.
        assert behind == ([] if length > MOST and pack in _WHOLE else [b"behind"])


_WHOLE = (PACKS["one member"], PACKS["blocks"])


def test_a_cut_record_of_an_own_member_says_nothing_by_what_it_holds(path: Path) -> None:
    forged = answer(b"forged").replace(b"903180", b"903181")
    cut = answer(b"x\r\n\r\n" + forged, length=90_000)

    assert bodies(path, packed(answer(b"before"), cut, answer(b"behind"))) == [
        b"before",
        "cut",
        b"behind",
    ]


def test_a_file_that_was_cut_is_read_as_far_as_it_goes(path: Path) -> None:
    whole = [answer(random.Random(number).randbytes(400)) for number in range(3)]

    for pack in (packed, PACKS["plain"]):
        *got, fault = bodies(path, pack(*whole)[:-200])

        assert len(got) == 2
        assert fault in ("truncated", "cut")


def test_damage_costs_what_it_meets(path: Path) -> None:
    members = [packed(answer(random.Random(number).randbytes(900))) for number in range(5)]
    content = bytearray(b"".join(members))
    content[len(members[0]) + 300] ^= 0xFF
    content[len(members[0] + members[1] + members[2])] ^= 0xFF

    told = bodies(path, bytes(content))

    assert [each for each in told if isinstance(each, str)] == ["gzip", "gzip"]
    assert len(told) == 5


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty"),
        (b"\0" * 100, "no record"),
        (b"A text.\nOf two lines.", "no record"),
        (gzip.compress(b"A text.", mtime=0), "no record"),
        (b"\x1f\x8b\x08", "truncated"),
        (b"\x1f\x8b\x08" * 1000, "truncated"),
        (b"WARC/1.0\r\n", "cut"),
        (random.Random(2).randbytes(10_000), "no record"),
    ],
)
def test_what_is_no_archive_is_one_fault(path: Path, content: bytes, name: str) -> None:
    assert [each.name for each in found(path, content) if isinstance(each, Fault)] == [name]


@pytest.mark.parametrize("pack", [PACKS["plain"], PACKS["one member"]])
@pytest.mark.parametrize("end", [b"", answer(b"behind")])
def test_lines_that_open_nothing_are_looked_at_once(path: Path, pack: Pack, end: bytes) -> None:
    read_out = bodies(path, pack(answer(b"before"), b"WARC/1.0\n" * 1_000_000 + b"\n", end))

    # A few for each stretch that is searched, not one for each line.
    assert len(read_out) < 200
    assert read_out[0] == b"before"
    assert read_out[-1] == (b"behind" if end else "headers")


@pytest.mark.parametrize("pack", [PACKS["plain"], PACKS["one member"]])
def test_faults_without_number_are_told_as_one(path: Path, pack: Pack) -> None:
    opening = b"WARC/1.0\r\nContent-Length: %d\r\n\r\n" % MOST
    faulty = opening * 100_000 + bytes(MOST)

    told = Counter(bodies(path, pack(answer(b"before"), faulty, answer(b"behind"))))

    assert told == {b"before": 1, "length": MOST_FAULTS, "too many faults": 1}


@pytest.mark.parametrize("seed", range(150))
def test_no_damage_raises_or_goes_on_for_ever(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    pack = chance.choice(list(PACKS.values()))
    content = bytearray(pack(*(answer(chance.randbytes(300)) for _ in range(4))))
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(content))
        match chance.randrange(3):
            case 0:
                content[at] = chance.randrange(256)
            case 1:
                del content[at : at + chance.randrange(200)]
            case _:
                content[at:at] = chance.randbytes(chance.randrange(100))

    assert len(captures(path, bytes(content))) < 50


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (b"", PAGE),
        (b"Content-Encoding: gzip\r\n", gzip.compress(PAGE, mtime=0)),
        (b"Content-Encoding: gzip\r\n", PAGE),
        (b"Content-Encoding: deflate\r\n", zlib.compress(PAGE)),
        (b"Content-Encoding: deflate\r\n", zlib.compress(PAGE)[2:-4]),
        (b"content-encoding: BR\r\n", brotli.compress(PAGE)),
        (b"Content-Encoding: identity\r\n", PAGE),
        (b"Transfer-Encoding: chunked\r\n", chunked(PAGE[:5], PAGE[5:])),
        (b"Transfer-Encoding: chunked\r\n", PAGE),
        (
            b"Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
            chunked(gzip.compress(PAGE, mtime=0)[:9], gzip.compress(PAGE, mtime=0)[9:]),
        ),
    ],
)
def test_a_body_is_unpacked_as_its_server_packed_it(path: Path, head: bytes, body: bytes) -> None:
    (told,) = captures(path, answer(body, b"HTTP/1.1 200 OK\r\n" + head + b"Etag: x\r\n\r\n"))

    assert isinstance(told, Capture)
    assert (told.body, told.headers) == (PAGE, [("Etag", "x")])


def test_odd_headers_are_no_fault(path: Path) -> None:
    head = b"HTTP/2 200\r\nContent-Type: text/html; charset=\xff\xfe\r\nSet:\0 x\r\nlone\r\n\r\n"

    (told,) = captures(path, answer(PAGE, head, url=f"<{URL}>"))

    assert isinstance(told, Capture)
    assert (told.url, told.status, told.body) == (URL, 200, PAGE)


def test_notes_that_are_not_understood_count_as_not_told(path: Path) -> None:
    told = b"hops: -1\r\nlist-title\r\norigin: \xff\r\nfetchTimeMs: 3\r\n: x\r\nhops: 99999999\r\n"
    (metadata,) = found(path, record(told, "metadata"))

    assert isinstance(metadata, Record)
    assert answers.note(metadata) == Note()


@pytest.mark.parametrize(
    ("told", "note"),
    [
        ("hops: 100", Note(hops=100)),
        ("hops: 101", Note()),
        ("list-title:  题\u3000目\u200b ", Note(list_title="题 目\u200b")),
        ("list-title: a\0b", Note()),
        ("list-title: a\x1b[31mb", Note()),
        (f"list-title: {'题' * 1000}", Note(list_title="题" * 1000)),
        (f"list-title: {'题' * 1001}", Note()),
        ("origin: GuoJi·ZhanLue", Note(origin="GuoJi·ZhanLue")),
        ("origin: ../etc", Note()),
        (f"origin: {'x' * 65}", Note()),
        ("asked: https://example.com/CaiJing/2026_10_05_903180.shtml", Note()),
        (f"asked: {URL}?{'x' * 3000}", Note()),
        ("part-of: javascript:alert(1)", Note()),
    ],
)
def test_a_note_tells_what_ours_could_tell(path: Path, told: str, note: Note) -> None:
    (metadata,) = found(path, record(told.encode(), "metadata"))

    assert isinstance(metadata, Record)
    assert answers.note(metadata) == note
