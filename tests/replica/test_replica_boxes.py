"""The boxes of the home page: empty as served, filled from JSON, each with a ranking of its own."""

import json

import pytest
from lxml import html

from replica.boxes import HOT_COMMENTS
from replica.headline_truth import headlines
from replica.site import Site
from replica.timeline import World

ERAS = ("2019", "2026", "mixed")
APIS = {"fast": "gundong", "hot": "redian", "hot_posts": "fengwenhot"}


@pytest.mark.parametrize("era", ERAS)
def test_the_home_page_is_that_of_the_truth(era: str) -> None:
    world = World(3, 120, 2, era)
    page = html.document_fromstring(Site(world).answer("www.guancha.cn", "/").body.decode())
    lines = list(headlines(world))
    main = [line["title"] for line in lines if line["box"] == "main"]
    (headline,) = (line["title"] for line in lines if line["box"] == "headline")

    assert page.xpath("string(//div[@class='content-headline']/h3/a)") == headline
    items = page.xpath("//ul[@class='img-List']//h4[@class='module-title']/a")
    assert [item.text for item in items] == main
    fast = "news-index-focus" if era == "2019" else "news-focus"
    for key in (fast, "news-index-redian", "post-fengwen", "hot-comments"):
        (box,) = page.xpath(f"//div[@id='{key}']")
        assert not len(box)


@pytest.mark.parametrize("era", ERAS)
def test_the_json_holds_the_titles_of_the_truth(era: str) -> None:
    world = World(3, 120, 2, era)
    site, lines = Site(world), list(headlines(world))
    orders = set()
    for box, name in APIS.items():
        titles = [line["title"] for line in lines if line["box"] == box]
        items = json.loads(site.answer("www.guancha.cn", f"/api/{name}.htm").body)["items"]
        assert [item["TITLE"] for item in items] == titles
        orders.add(tuple(titles))
    assert len(orders) == len(APIS)
    assert all(line["rank"] > 0 and line["title"] for line in lines)


def test_hot_comments_name_their_article() -> None:
    world = World(3, 120, 2)
    target = "/comment/hot-cmt-list.json?codeId=0&codeType=1&pageNo=1&ff=www"
    items = json.loads(Site(world).answer("user.guancha.cn", target).body)["items"]
    lines = [line for line in headlines(world) if line["box"] == "hot_comments"]
    assert [str(item["id"]) for item in items] == [line["comment_id"] for line in lines]
    assert [f"https:{item['url']}" for item in items] == [line["url"] for line in lines]
    praises = [line["praise_count"] for line in lines]
    assert praises == sorted(praises, reverse=True)
    assert len(lines) == HOT_COMMENTS
