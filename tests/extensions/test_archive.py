"""What the site answered for an article lies in the archive of pages, byte for byte, and of one moment."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from scrapy.exceptions import NotConfigured
from scrapy.utils.test import get_crawler

from guancha.clock import stamp
from guancha.exceptions import ArgumentError
from guancha.extensions.archive import Archive
from guancha.extensions.disk import folder_size
from replica import running, server
from replica.answers import Answer
from replica.site import Site
from replica.timeline import World
from tests.browsers import browse, need
from tests.conftest import FAST, PLAIN, TOLD, Run, run_against
from tests.extensions.closing import FORCED, LET_GO
from tests.extensions.sites import PAGE, TimedSite, urls
from tests.extensions.test_challenges import STUBBORN
from tests.store.crawls import KILLED, PATIENT, serving, truth
from tests.store.crawls import Archive as Crawls
from tests.warc.pages import Read, is_sound, read

WORLD = World(1, 100, 3, "2019")
LOGIN = "user:secret"
"""At the proxy."""
DUMP = ("-s", "STATS_DUMP=1")


class Witness:
    """The replica, and what it has answered."""

    def __init__(self, world: World) -> None:
        self.site, self.world = Site(world), world
        self.said: dict[str, Answer] = {}

    def answer(self, host: str, target: str) -> Answer:
        answer = self.said[f"https://{host}{target}"] = self.site.answer(host, target)
        return answer


def pages(data: Path) -> list[Read]:
    """All records of an archive, in the order in which they were written."""
    files = sorted((data / "warc").iterdir())
    assert all(is_sound(path) for path in files)
    return [record for path in files for record in read(path)]


def responses(data: Path) -> list[Read]:
    return [record for record in pages(data) if record.kind == "response"]


def url(record: Read) -> str:
    return record.headers["WARC-Target-URI"]


def moment(record: Read) -> str:
    """When it was answered, as records print it."""
    return stamp(datetime.fromisoformat(record.headers["WARC-Date"]))


def noted(records: list[Read]) -> dict[str, dict[str, str]]:
    """URL -> what is noted of it."""
    found = (r for r in records if r.kind == "metadata")
    return {
        url(r): dict(line.split(": ", 1) for line in r.body.decode().splitlines()) for r in found
    }


@dataclass(frozen=True)
class Crawled:
    """A crawl of the replica, and what was said on the way."""

    run: Run
    said: dict[str, Answer]
    sent: dict[str, dict[str, str]]
    """URL -> the headers that came with it."""
    records: list[Read]

    @cached_property
    def kept(self) -> dict[str, Read]:
        """URL -> its response."""
        return {url(r): r for r in self.records if r.kind == "response"}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    folder, site, heads = tmp_path_factory.mktemp("pages"), Witness(WORLD), list[server.Head]()
    original, environment = server.read_head, running.environment

    async def heard(reader: Any) -> server.Head:
        heads.append(await original(reader))
        return heads[-1]

    def behind_login(*place: Any) -> dict[str, str]:
        known = environment(*place)
        return {name: each.replace("http://", f"http://{LOGIN}@") for name, each in known.items()}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(server, "read_head", heard)
        patch.setattr(running, "environment", behind_login)
        run = run_against(folder, site, "crawl", "articles", *FAST, *DUMP)
    assert run.code == 0, run.log
    assert all("proxy-authorization" in head.headers for head in heads if head.method == "CONNECT")
    asked = (head for head in heads if head.method == "GET")
    sent = {f"https://{head.headers['host']}{head.target}": head.headers for head in asked}
    return Crawled(run, site.said, sent, pages(run.data))


def test_every_answer_for_an_article_is_kept(crawled: Crawled) -> None:
    kept, said = crawled.kept, crawled.said

    assert set(kept) == {at for at in said if at.endswith(".shtml") and "list_" not in at}
    for at, record in kept.items():
        assert record.body == said[at].body
        assert record.line.startswith(f"{said[at].status} ")
        assert dict(record.http)["Content-Type"] == said[at].headers["Content-Type"]
    (path,) = (crawled.run.data / "warc").iterdir()
    assert f"'archive/records': {len(kept)}," in crawled.run.log
    assert f"'archive/bytes': {path.stat().st_size}," in crawled.run.log


def test_a_record_and_its_page_are_of_one_moment(crawled: Crawled) -> None:
    run = crawled.run
    outcomes = [outcome for outcome in run.lines("outcomes") if outcome["article_id"]]

    assert {"stub", "gone"} <= {outcome["kind"] for outcome in outcomes}
    for told in [*run.lines("articles"), *outcomes]:
        assert told["date_crawled"] == moment(crawled.kept[told["url"]])


def test_what_was_known_is_noted(crawled: Crawled) -> None:
    articles, notes = crawled.run.lines("articles"), noted(crawled.records)
    split = {article["url"] for article in articles if article["page_count"] > 1}

    for article in articles:
        assert notes[article["url"]].get("list-title") == article["list_title"]
    assert split == {note["part-of"] for note in notes.values() if "part-of" in note}
    assert any("hops" in note for note in notes.values())
    assert any(note.get("origin") == "home" for note in notes.values())


def test_the_request_is_that_which_was_sent(crawled: Crawled) -> None:
    requests = [record for record in crawled.records if record.kind == "request"]

    assert len(requests) == len(crawled.kept)
    for record in requests:
        assert {name.lower(): value for name, value in record.http} == crawled.sent[url(record)]
        assert "Proxy-Authorization" not in dict(record.http)


def test_a_page_that_was_packed_is_kept_as_it_reads(site_run: Callable[..., Run]) -> None:
    packed = {**PAGE.headers, "Content-Encoding": "gzip"}
    site = TimedSite(lambda _: Answer(200, gzip.compress(PAGE.body), packed))
    run = site_run(site, "-a", urls(1), *FAST, *PLAIN)
    (page,) = responses(run.data)

    assert run.code == 0, run.log
    assert page.body == PAGE.body
    assert ("Content-Length", str(len(PAGE.body))) in page.http
    assert "Content-Encoding" not in dict(page.http)


def test_what_is_moved_tells_where_from(site_run: Callable[..., Run]) -> None:
    def say(turn: int) -> Answer | None:
        there = "https://www.guancha.cn/internation/2026_10_04_1.shtml"
        return Answer(301, b"", {"Location": there}) if turn == 0 else None

    run = site_run(TimedSite(say), "-a", urls(1), *FAST, *PLAIN)
    first, second = responses(run.data)
    (article,) = run.lines("articles")

    assert (first.line, second.line) == ("301 Moved Permanently", "200 OK")
    assert article["url"] == url(second)
    assert noted(pages(run.data)) == {url(second): {"asked": url(first)}}


def test_an_unchanged_page_is_not_kept_twice(tmp_path: Path) -> None:
    with serving(20) as site:
        crawls = Crawls(tmp_path / "data")
        for _ in range(2):
            assert crawls.ended(crawls.start(site, *FAST, "-a", "recheck=all", *DUMP)) == 0
    kept = responses(crawls.data)

    assert "'downloader/response_status_count/304'" in crawls.log()
    assert {r.line for r in kept if r.body} == {"200 OK"}
    whole = [url(r) for r in kept if r.line == "200 OK" and "_" not in url(r).split("_", 3)[3]]
    assert len(whole) == len(set(whole)) > 10


def test_it_can_be_switched_off(site_run: Callable[..., Run]) -> None:
    run = site_run(TimedSite(), "-a", urls(2), *FAST, *PLAIN, "-s", "ARCHIVE_PAGES=0")

    assert run.code == 0, run.log
    assert len(run.lines("articles")) == 2
    assert not (run.data / "warc").exists()


def test_settings_are_read_once() -> None:
    def archive(**settings: object) -> Archive:
        return Archive.from_crawler(get_crawler(settings_dict={"DATA_DIR": "x", **settings}))

    with pytest.raises(NotConfigured):
        archive(ARCHIVE_PAGES="0")
    for value in ("0", "-1", "1 MiB", ""):
        with pytest.raises(ArgumentError, match="setting WARC_FILE_SIZE: expected a number from 1"):
            archive(ARCHIVE_PAGES=True, WARC_FILE_SIZE=value)


def test_what_the_browser_shows_is_not_kept(tmp_path: Path) -> None:
    need()
    site = TimedSite(lambda turn: STUBBORN if turn == 0 else None)
    run = browse(tmp_path, site, "crawl", "articles", "-a", urls(1), *TOLD, *PLAIN, *DUMP)
    (page,) = responses(run.data)

    assert len(run.lines("articles")) == 1
    assert page.body == STUBBORN.body
    assert "'archive/rendered': 1" in run.log


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("warc", "data/warc: File exists"),
        (
            "warc/2026-10-01-00001.warc.gz",
            "2026-10-01-00001.warc.gz: expected a WARC file that we have written: move it away",
        ),
    ],
    ids=["no folder", "garbage"],
)
def test_where_no_page_can_be_kept_the_run_fails(
    site_run: Callable[..., Run], name: str, said: str
) -> None:
    before = site_run(TimedSite(), "-a", urls(3), *FAST, *PLAIN)
    (before.data / "warc").rename(before.data / "aside")
    (before.data / name).parent.mkdir(exist_ok=True)
    (before.data / name).write_bytes(b"foreign")
    site = TimedSite()
    run = site_run(site, "-a", urls(6), *FAST, *PLAIN)

    assert run.code == 1
    assert "Closing spider (archive_failed)" in run.log
    assert said in run.log
    assert "failed: stopped, archive_failed: " in run.log
    assert "Traceback" not in run.log
    assert len(site.pages) == 4, "three that are unchanged, and the first of the others"
    assert len(run.lines("articles")) == 3
    assert run.figures().reason == "archive_failed"


def test_it_counts_as_part_of_the_archive(site_run: Callable[..., Run]) -> None:
    site = TimedSite()
    before = site_run(site, "-a", urls(5), *FAST, *PLAIN)
    size, warc = folder_size(before.data), folder_size(before.data / "warc")
    budget = f"DISK_BUDGET={size - warc // 2}"
    run = site_run(site, "-a", urls(9), *FAST, *PLAIN, "-s", budget)

    assert warc > 1000
    assert "Closing spider (disk_budget)" in run.log
    assert len(run.lines("articles")) == 5


def test_killed_in_the_middle_of_a_page_nothing_is_lost(tmp_path: Path) -> None:
    crawls = Crawls(tmp_path / "data")
    with serving(25) as site:
        module = ("tests.store.kills", "mid_page", "12")
        assert crawls.ended(crawls.start(site, *PATIENT, module=module)) == KILLED
        had = crawls.lines()
        assert crawls.ended(crawls.start(site, *PATIENT)) == 0
    crawls.check(truth(25))
    kept = {(url(record), moment(record)) for record in responses(crawls.data)}

    assert "the last answer was not written to its end" in crawls.log()
    assert 0 < had < crawls.lines()
    assert all((a["url"], a["date_crawled"]) in kept for a in crawls.records())


def closed(tmp_path: Path, disk: str, *arguments: str) -> Run:
    module = ("tests.extensions.closing", disk)
    crawl = ("crawl", "articles", *FAST, *PLAIN, "-a", urls(2), *arguments)
    return run_against(tmp_path, TimedSite(), *crawl, module=module)


def test_all_is_on_the_disk_before_another_may_write(tmp_path: Path) -> None:
    run = closed(tmp_path, "sound")

    assert run.code == 0, run.log
    assert run.out.splitlines() == [FORCED, LET_GO]


@pytest.mark.parametrize("size", ["1", "1000000"], ids=["amid", "at the end"])
def test_what_can_t_be_forced_onto_the_disk_fails_the_run(tmp_path: Path, size: str) -> None:
    run = closed(tmp_path, "broken", "-s", f"WARC_FILE_SIZE={size}")

    assert run.code == 1
    assert "data/warc: Input/output error" in run.log
    assert "failed: stopped, archive_failed: " in run.log
    assert "Traceback" not in run.log
    assert run.figures().reason == "archive_failed"
