"""The calendar, the ids, and the bytes: all follow from seed and day alone."""

import pytest

from replica.addresses import url_of
from replica.kinds import Kind, kind_of
from replica.listings import PAGE_SIZE, entries, page, page_total
from replica.places import people, sections, topic_count
from replica.site import Site
from replica.timeline import World

ERAS = ("2019", "2026", "mixed")
HOST = "www.guancha.cn"


def body(site: Site, path: str) -> bytes:
    answer = site.answer(HOST, path.removeprefix("https://www.guancha.cn"))
    assert answer.status == 200, path
    return answer.body


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize("articles", [10, 333, 100_000])
def test_ids_lead_back_to_entries_and_times_ascend(era: str, articles: int) -> None:
    world = World(9, articles, 3, era)
    sample = range(0, world.total, max(1, articles // 500))
    assert all(world.entry_of(world.id_of(entry)) == entry for entry in sample)
    stamps = [(world.published(entry), world.id_of(entry)) for entry in sample]
    assert stamps == sorted(stamps)
    assert stamps[-1][0] < world.now
    assert world.entry_of(world.id_of(0) - 4) is None
    assert world.entry_of(world.spare_id(5, 3)) is None


@pytest.mark.parametrize("era", ERAS)
def test_the_same_seed_gives_the_same_bytes(era: str) -> None:
    one, two, other = Site(World(3, 50, 1, era)), Site(World(3, 50, 1, era)), World(4, 50, 1, era)
    for entry in range(0, 50, 5):
        url = url_of(one.world, entry)
        assert body(one, url) == body(two, url)
    assert body(one, "/") == body(two, "/") != body(Site(other), "/")


def test_a_day_brings_new_edited_and_deleted_articles() -> None:
    before, after = World(1, 300, 0), World(1, 300, 1)
    assert after.total - before.total == 9
    assert [entry for entry in range(300) if after.deleted(entry)]
    edited = [entry for entry in range(300) if after.edits(entry)]
    assert edited
    url = url_of(before, edited[0])
    assert "最后更新".encode() in body(Site(after), url)
    gone = next(entry for entry in range(300) if after.deleted(entry))
    path = url_of(before, gone).removeprefix("https://www.guancha.cn")
    assert Site(before).answer(HOST, path).status == 200
    assert Site(after).answer(HOST, path).headers["Location"] == "https://www.guancha.cn/"


def test_date_and_id_decide_and_the_slug_does_not() -> None:
    site = Site(World(1, 30))
    path = url_of(site.world, 9).removeprefix("https://www.guancha.cn/")
    _, _, name = path.partition("/")
    assert site.answer(HOST, f"/{path}").body == site.answer(HOST, f"/nobody/{name}").body
    assert site.answer("m.guancha.cn", f"/{path}").status == 200
    assert site.answer(HOST, f"/{path}".replace("2019_", "2018_")).status == 302


def test_full_text_is_there_where_the_pager_offers_it() -> None:
    site = Site(World(1, 60))
    for entry, status in ((2, 200), (17, 302), (3, 302)):
        path = url_of(site.world, entry).removeprefix("https://www.guancha.cn")
        assert site.answer(HOST, path.replace(".shtml", "_s.shtml")).status == status
        assert ("余下全文".encode() in body(site, path)) == (status == 200)


@pytest.mark.parametrize("era", ERAS)
def test_listings_end_and_hold_forty_a_page(era: str) -> None:
    world = World(1, 1000, 0, era)
    names = [*sections(world), "mainnews-gd", *(person.slug for person in people(world))]
    for name in names:
        total = page_total(world, name)
        sizes = [len(page(world, name, turn) or ()) for turn in range(1, total + 1)]
        assert sizes[:-1] == [PAGE_SIZE] * (total - 1)
        assert sum(sizes) == len(entries(world, name) or ())
        assert page(world, name, total + 1) is None


def test_paths_of_listings() -> None:
    old, new = Site(World(1, 300)), Site(World(1, 300, era="2026"))
    assert body(old, "/mainnews-gd/") == body(old, "/mainnews-gd/list_1.shtml")
    assert body(new, "/column/GuoJi%C2%B7ZhanLue") == body(new, "/column/GuoJi·ZhanLue/1")
    assert body(old, "/video/gczvideo/list.html")
    for site, path in (
        (old, "/column/ZhengZhi"),
        (new, "/politics/"),
        (new, "/nobody/list_1.shtml"),
    ):
        assert site.answer(HOST, path).status == 302
    assert old.answer(HOST, "/politics/list_99.shtml").status == 302
    assert topic_count(old.world) >= 4


def test_a_stub_sends_its_reader_away() -> None:
    site = Site(World(1, 30, era="2026"))
    assert kind_of(16) is Kind.STUB
    page_of_stub = body(site, url_of(site.world, 16))
    assert b'window.location.href="https://user.guancha.cn/main/content?id=' in page_of_stub
    assert b"all-txt" not in page_of_stub
