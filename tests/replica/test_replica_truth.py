"""The truth of a day: what always holds of it, and that it agrees with the pages' words."""

import json
from hashlib import sha256

import pytest
from lxml import html

from replica.comment_truth import comments
from replica.content import content_hash, content_of
from replica.headline_truth import headlines
from replica.kinds import Kind
from replica.outcomes import outcomes
from replica.post_truth import posts
from replica.site import Site
from replica.timeline import World
from replica.truth import facts, records

SHOWN = {
    (True, False): "text",
    (False, False): "images",
    (False, True): "video",
    (True, True): "mixed",
}
ERAS = ("2019", "2026", "mixed")
RECORD_KEYS = (
    "schema_version article_id url alternate_urls section date content_type title list_title "
    "original_title date_published date_modified date_published_raw date_modified_raw source byline "
    "authors editor description tags topic language text paragraphs subheadings images videos links "
    "image notices is_exclusive page_count is_complete related doc_id comment_count view_count "
    "collect_count counts_at text_hash near_duplicate_of content_hash revision revision_cause "
    "changed_fields"
).split()


@pytest.mark.parametrize("era", ERAS)
def test_every_record_is_whole(era: str) -> None:
    lines = list(records(World(2, 200, 6, era)))
    assert len({line["article_id"] for line in lines}) == len(lines)
    for line in lines:
        assert list(line) == RECORD_KEYS
        assert line["text"] == "\n\n".join(line["paragraphs"])
        assert all(text and text == " ".join(text.split()) for text in line["paragraphs"])
        assert not any("【" in text or "独家稿件" in text for text in line["paragraphs"])
        assert set(line["subheadings"]) <= set(line["paragraphs"])
        for link in line["links"]:
            assert link["text"] in line["paragraphs"][link["paragraph"]]
        for media in line["images"] + line["videos"]:
            assert 0 <= media["position"] <= len(line["paragraphs"])
        shown = bool(line["paragraphs"]), bool(line["videos"])
        assert line["content_type"] == SHOWN[shown]
        assert line["is_exclusive"] == any("独家稿件" in notice for notice in line["notices"])
        assert line["text_hash"] == sha256("".join(line["text"].split()).encode()).hexdigest()


@pytest.mark.parametrize("era", ERAS)
def test_every_kind_and_oddity_is_there(era: str) -> None:
    lines = list(records(World(2, 400, 6, era)))
    assert {line["content_type"] for line in lines} == {"text", "images", "video", "mixed"}
    assert {line["page_count"] for line in lines} == {1, 2, 3}
    roles = {author["role"] for line in lines for author in line["authors"]}
    assert roles == {"author", "translator", "interviewer", "compiler", "speaker", "presenter"}
    kinds = {entry["kind"] for line in lines for entry in line["related"]}
    assert kinds == {"topic", "by_author", "by_editor", "recommended", "headline", "hot"}
    optional = (
        "original_title",
        "date_modified",
        "source",
        "byline",
        "editor",
        "description",
        "topic",
    )
    for name in optional:
        assert {line[name] is None for line in lines} == {True, False}, name
    assert any(line["alternate_urls"] for line in lines)
    assert {line["image"] is None for line in lines} >= {True}
    assert {outcome["kind"] for outcome in outcomes(World(2, 400, 6, era))} == {"stub", "gone"}


@pytest.mark.parametrize("era", ERAS)
def test_the_pages_hold_the_truths_words(era: str) -> None:
    world = World(4, 120, 3, era)
    site = Site(world)
    for line in records(world):
        path = line["url"].removeprefix("https://www.guancha.cn").removesuffix(".shtml")
        seen = ""
        for page in range(1, line["page_count"] + 1):
            answer = site.answer("www.guancha.cn", f"{path}_{page}.shtml")
            tree = html.document_fromstring(answer.body.decode())
            seen += " ".join(tree.xpath("string(//div[contains(@class, 'all-txt')])").split())
            assert tree.xpath("string(//h3)") == line["title"]
        beyond = site.answer("www.guancha.cn", f"{path}_{line['page_count'] + 1}.shtml")
        assert beyond.status == 302
        for text in line["paragraphs"]:
            assert text.replace(" ", "") in seen.replace(" ", "")


def test_what_readers_do_not_see_does_not_change_the_hash() -> None:
    article = facts(World(1, 60), 2)
    content = content_of(article)
    moved = [{**image, "url": image["url"].split("?")[0] + "?r=2"} for image in content["images"]]
    notices = [notice.replace("SongYueChuan", "other") for notice in content["notices"]]
    assert content["images"]
    assert content["notices"] != notices
    other = {**content, "images": moved, "notices": notices}
    assert content_hash(other) == content_hash(content)
    assert content_hash({**content, "title": "别题"}) != content_hash(content)


def test_boxed_authors_join_the_byline() -> None:
    world = World(1, 300)
    lines = {line["article_id"]: line for line in records(world)}
    translated = [entry for entry in range(300) if facts(world, entry).kind is Kind.TRANSLATED]
    for entry in translated:
        author, translator = lines[str(world.id_of(entry))]["authors"][:2]
        assert author["url"].startswith("https://www.guancha.cn/")
        assert author["role_raw"] == "文"
        assert (translator["role"], translator["affiliation"]) == ("translator", "观察者网")
        assert translator["url"] is None


def test_truth_is_one_json_object_a_line(replica) -> None:  # type: ignore[no-untyped-def]
    done = replica("truth", "--articles", "40", "--era", "mixed", "--day", "2")
    expected = list(records(World(1, 40, 2, "mixed")))
    assert [json.loads(line) for line in done.stdout.splitlines()] == expected
    for option, lines in (
        ("--outcomes", outcomes),
        ("--stream=outcomes", outcomes),
        ("--stream=comments", comments),
        ("--stream=headlines", headlines),
        ("--stream=posts", posts),
    ):
        others = replica("truth", "--articles", "40", option).stdout.splitlines()
        assert [json.loads(line) for line in others] == list(lines(World(1, 40)))
