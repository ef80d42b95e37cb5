"""What is written of an answer is what any reader of WARC finds there."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from guancha import __version__
from guancha.warc.captures import Capture, Note
from tests.warc.pages import ASKED, NOON, address, capture, fill, is_sound, members, read

URL = "https://www.guancha.cn/%E6%9D%8E/2026_10_04_7.shtml?s=a&b"
ANSWER = Capture(
    URL,
    NOON,
    302,
    [
        ("Location", "https://www.guancha.cn/王/x.shtml"),
        ("Content-Encoding", "gzip"),
        ("Transfer-Encoding", "chunked"),
        ("Content-Length", "7"),
        ("Set-Cookie", "a=1"),
        ("Set-Cookie", "b=2"),
    ],
    "身体".encode(),
    Note("题目：一", 2, "CaiJing", "https://a", "https://b"),
)


def test_all_of_an_answer_is_there(tmp_path: Path) -> None:
    (path,) = fill(tmp_path, [ANSWER])
    info, response, metadata, request = read(path)

    assert is_sound(path)
    assert len(members(path.read_bytes())) == 4
    assert info.kind == "warcinfo"
    assert (
        f"software: guancha/{__version__}\r\nformat: WARC File Format 1.1\r\n" in info.body.decode()
    )
    assert (response.kind, response.line) == ("response", "302 Found")
    assert response.http == [
        ("Location", "https://www.guancha.cn/王/x.shtml"),
        ("Set-Cookie", "a=1"),
        ("Set-Cookie", "b=2"),
        ("Content-Length", "6"),
    ]
    assert response.body == "身体".encode()
    assert response.headers["Content-Type"] == "application/http; msgtype=response"
    assert metadata.body.decode() == (
        "list-title: 题目：一\r\nhops: 2\r\norigin: CaiJing\r\nasked: https://a\r\npart-of: https://b\r\n"
    )
    assert metadata.headers["Content-Type"] == "application/warc-fields"
    assert (request.line, request.http) == ("/%E6%9D%8E/2026_10_04_7.shtml?s=a&b HTTP/1.1", ASKED)
    for beside in (metadata, request):
        assert beside.headers["WARC-Concurrent-To"] == response.headers["WARC-Record-ID"]
    for record in (response, metadata, request):
        assert record.headers["WARC-Target-URI"] == URL
        assert record.headers["WARC-Date"] == "2026-10-05T04:00:00.000123Z"
        assert record.headers["WARC-Payload-Digest"].startswith("sha1:")


def test_what_is_not_known_is_not_told(tmp_path: Path) -> None:
    (path,) = fill(tmp_path, [replace(capture(1), note=Note())])

    assert [record.kind for record in read(path)] == ["warcinfo", "response", "request"]


@pytest.mark.parametrize("rest", ["\r\nWARC-Type: response", "\n\r\n\x85\u2028x", "\r", "\x00\x1c"])
def test_no_text_breaks_out_of_its_line(tmp_path: Path, rest: str) -> None:
    note = Note(f"题{rest}", origin=f"x{rest}")
    hostile = replace(capture(1), note=note, headers=[("X", f"a{rest}"), ("Y", "b")])
    (path,) = fill(tmp_path, [hostile, capture(2)])
    records = read(path)

    assert is_sound(path)
    assert [r.kind for r in records[1:4]] == ["response", "metadata", "request"]
    assert [name for name, _ in records[1].http] == ["X", "Y", "Content-Length"]
    fields = records[2].body.decode().splitlines()
    assert [field.partition(":")[0] for field in fields] == ["list-title", "hops", "origin"][::2]


@pytest.mark.parametrize(
    ("status", "line"), [(404, "404 Not Found"), (999, "999"), (200, "200 OK")]
)
@pytest.mark.parametrize("body", [b"", b"\x00\xff" * 9, b"\r\n\r\nWARC/1.1\r\n", b"x" * 2_000_000])
def test_any_status_and_body(tmp_path: Path, status: int, line: str, body: bytes) -> None:
    given = Capture(address(1), datetime(2026, 1, 1, tzinfo=UTC), status, [], body)
    (path,) = fill(tmp_path, [given])

    assert is_sound(path)
    assert (read(path)[1].line, read(path)[1].body) == (line, body)
    assert read(path)[1].headers["WARC-Date"] == "2026-01-01T00:00:00.000000Z"
