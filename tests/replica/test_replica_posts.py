"""Readers' posts: pages, parts, lists, stubs that lead to them, and what becomes of them."""

import json
from typing import Any

import pytest
from lxml import html

from replica.addresses import stub_target
from replica.post_truth import posts
from replica.posting import is_paid, post_of_stub, stubs_of
from replica.site import Answer, Site
from replica.timeline import World

ERAS = ("2019", "2026", "mixed")
USER, APP = "user.guancha.cn", "app.guancha.cn"
LINKS = "//*[@class='list-item clearfix']/h4/a"


def asked(world: World, target: str, host: str = USER) -> Answer:
    return Site(world).answer(host, target)


def tree(world: World, target: str) -> html.HtmlElement:
    answer = asked(world, target)
    assert answer.status == 200, target
    return html.document_fromstring(answer.body.decode())


def ids(links: list[html.HtmlElement]) -> list[str]:
    return [link.get("href").partition("id=")[2].partition("&")[0] for link in links]


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("era", ERAS)
def test_the_pages_hold_the_truths_words(era: str) -> None:
    world = World(4, 120, 3, era)
    lines = list(posts(world))
    for line in lines:
        path = line["url"].removeprefix(f"https://{USER}")
        page = tree(world, f"{path}&page=0")
        (content,) = page.xpath("//div[@class='article-content']")
        assert content.xpath("string(./h1)") == line["title"]
        (writer,) = content.xpath(".//*[@class='user-main']//h4/a")
        assert writer.get("href").endswith(f"uid={line['author_id']}")
        assert writer.text == line["author_name"]
        assert content.xpath("string(.//span[@class='time1'])") == line["date_published_raw"]
        topics = content.xpath(".//a[contains(@href, 'topic_id')]")
        assert [topic.text for topic in topics] == [topic["name"] for topic in line["topics"]]
        (body,) = content.xpath(".//*[@class='article-txt-content']")
        assert all(text in words(body) for text in line["paragraphs"])
        assert body.xpath(".//img/@src") == [image["url"] for image in line["images"]]
        assert not page.xpath("//a[contains(@href, 'page=')]")
        assert f"阅读 {line['view_count']}" in words(content)
    assert {line["page_count"] for line in lines} == {1, 3}
    assert {len(line["topics"]) for line in lines} == {0, 1, 2}
    assert any(line["links"] for line in lines)


def test_a_long_post_comes_in_parts() -> None:
    world = World(4, 120)
    line = next(line for line in posts(world) if line["page_count"] == 3)
    path = line["url"].removeprefix(f"https://{USER}")
    pages = [tree(world, f"{path}&page={page}") for page in (1, 2, 3)]
    bodies = [page.xpath("//*[@class='article-txt-content']")[0] for page in pages]
    found = [words(part) for body in bodies for part in body.xpath("./p[not(img) and not(span)]")]

    assert found == line["paragraphs"]
    assert asked(world, path) == asked(world, f"{path}&page=1")
    assert asked(world, f"{path}&page=4").status == 302
    links = pages[0].xpath("//a[contains(@href, 'page=')]/@href")
    assert [link.partition("page=")[2] for link in links] == ["2", "3", "0"]


@pytest.mark.parametrize(("era", "day"), [("2019", 0), ("2026", 6), ("mixed", 6)])
def test_stubs_lead_to_posts(era: str, day: int) -> None:
    world = World(2, 400, day, era)
    lines = {line["url"]: line for line in posts(world)}
    found = {True: 0, False: 0}
    for entry in filter(world.is_stub, range(world.total)):
        target = stub_target(world, entry)
        if is_paid(entry):
            assert target.startswith("https://member.guancha.cn/post/view?id=")
            continue
        found[target in lines] += 1
        assert entry in stubs_of(world, post_of_stub(entry))
        if target in lines:
            assert str(world.id_of(entry)) in lines[target]["stub_ids"]
    assert found[True] > 5
    assert bool(found[False]) == bool(day)
    assert max(len(line["stub_ids"]) for line in lines.values()) == 2


def test_what_is_no_post_sends_home() -> None:
    world = World(4, 120, 9)
    there = {line["post_id"] for line in posts(world)}
    before = {line["post_id"]: line for line in posts(World(4, 120))}
    assert before.keys() - there
    gone = min(before.keys() - there)
    for number in (gone, "1", "x", "", "9" * 5000, "-1"):
        answer = asked(world, f"/main/content?id={number}&page=0")
        assert (answer.status, answer.headers["Location"]) == (302, "https://www.guancha.cn/")
    assert asked(world, "/user/personal-homepage?uid=1").status == 302
    assert asked(world, "/topic/post-list?topic_id=301").status == 302


def test_some_are_edited() -> None:
    before = {line["post_id"]: line for line in posts(World(4, 120))}
    after = {line["post_id"]: line for line in posts(World(4, 120, 6))}
    edited = [
        key for key in before.keys() & after.keys() if before[key]["text"] != after[key]["text"]
    ]
    assert edited
    for key in edited:
        assert after[key]["text"].startswith(before[key]["text"])


def walked(world: World, path: str) -> list[str]:
    """Ids of all pages of a list of links, up to an empty one."""
    found: list[str] = []
    for page in range(1, 99):
        body = asked(world, f"{path}page={page}").body.decode()
        if not (links := html.fromstring(f"<div>{body}</div>").xpath(LINKS)):
            return found
        assert len(links) <= 20
        found += ids(links)
    raise AssertionError(path)


def test_lists_hold_what_there_is() -> None:
    world = World(4, 300)
    lines = {line["post_id"]: line for line in posts(world)}
    newest = sorted(lines, key=lambda key: lines[key]["date_published"], reverse=True)
    index = "/main/index-list.json?"

    assert walked(world, f"{index}order=2&") == newest
    replied = walked(world, f"{index}order=1&")
    assert sorted(replied) == sorted(newest)
    assert replied != newest
    sizes = [len(walked(world, f"{index}order={order}&")) for order in (3, 6, 7, 8)]
    assert 0 < sizes[0] < sizes[1] < sizes[2] < sizes[3]
    topics = {topic["topic_id"] for line in lines.values() for topic in line["topics"]}
    for number in topics:
        expected = [k for k in newest if number in [t["topic_id"] for t in lines[k]["topics"]]]
        assert walked(world, f"/topic/post-list?topic_id={number}&order=2&") == expected
    writers = {line["author_id"] for line in lines.values()}
    for number in writers:
        expected = [key for key in newest if lines[key]["author_id"] == number]
        assert walked(world, f"/user/personal-homepage?uid={number}&") == expected


def told(world: World, target: str, host: str = USER) -> Any:
    return json.loads(asked(world, target, host).body)


def test_lists_as_json() -> None:
    world = World(4, 300)
    lines = {line["post_id"]: line for line in posts(world)}
    feed = told(world, "/news-api/fengwen-index-list.json?page=2&order=2")
    assert [item["post_url"] for item in feed] == [lines[str(item["id"])]["url"] for item in feed]
    assert [item["title"] for item in feed] == [lines[str(item["id"])]["title"] for item in feed]
    assert told(world, "/news-api/fengwen-index-list.json?page=99") == []

    writer = next(iter(lines.values()))["author_id"]
    own = [line for line in lines.values() if line["author_id"] == writer]
    path = f"/user/get-published-list?page_size=2&uid={writer}&page_no="
    found = [
        item
        for page in range(1, 99)
        for item in told(world, path + str(page), APP)["data"]["items"]
    ]
    assert {str(item["id"]) for item in found} == {line["post_id"] for line in own}
    assert len(found) == len(own) > 2
    assert told(world, path + "99", APP)["data"]["items"] == []


def test_their_hosts_have_a_robots_txt() -> None:
    for host in (USER, APP):
        assert b"Disallow: /Search/" in asked(World(4, 30), "/robots.txt", host).body
    assert asked(World(4, 30), "/main/content?id=1", APP).status == 404
