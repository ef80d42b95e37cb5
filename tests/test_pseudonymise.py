"""No item leaves the pipelines with a reader's id or name."""

from dataclasses import asdict
from types import SimpleNamespace

import pytest
from scrapy.utils.test import get_crawler

from guancha.extensions.storage import Storage
from guancha.items import (
    Answer,
    Article,
    Comment,
    Headline,
    Item,
    Link,
    Outcome,
    Post,
    PostVisit,
    Snapshot,
    Thread,
    Visit,
)
from guancha.pipelines.pseudonymise import FORGOTTEN, Pseudonymise
from guancha.pseudonyms import Pseudonyms
from guancha.store.readers import Readers

KEY = Pseudonyms(bytes(32))


def pipeline(*forgotten: str, plain: bool = False) -> Pseudonymise:
    crawler = get_crawler(settings_dict={"READERS_PLAIN": plain})
    crawler.stats = SimpleNamespace(counted=[])
    crawler.stats.inc_value = crawler.stats.counted.append
    storage = Storage.__new__(Storage)
    storage.readers = Readers(KEY, frozenset(forgotten))
    crawler.get_extension = lambda _: storage
    return Pseudonymise.from_crawler(crawler)


def comment(number: str | None, name: str | None) -> Comment:
    return Comment(comment_id="1", article_id="2", doc_id="3", reader_id=number, reader_name=name)


def post() -> PostVisit:
    return PostVisit(Post(post_id="5", author_id="700001", author_name="读者甲"), Answer("hash"))


def test_readers_have_pseudonyms() -> None:
    hidden = pipeline()
    thread = hidden.process_item(
        Thread("2", [comment("700001", "读者甲"), comment(None, "微博乙")])
    )
    written = hidden.process_item(post())

    assert isinstance(thread, Thread)
    assert isinstance(written, PostVisit)
    said = f"{asdict(thread)} {asdict(written)}"
    assert not [name for name in ("700001", "读者甲", "微博乙") if name in said]
    first, second = thread.comments
    assert (first.reader_id, first.reader_name) == (
        KEY.of("id", "700001"),
        KEY.of("name", "读者甲"),
    )
    assert (second.reader_id, second.reader_name) == (None, KEY.of("name", "微博乙"))
    assert written.post.author_id == first.reader_id


READER = "https://user.guancha.cn/user/personal-homepage?uid=700001"


@pytest.mark.parametrize(
    "item",
    [
        Visit(Article(links=[Link("@甲", READER, 0)]), Answer("hash")),
        PostVisit(Post(post_id="5", links=[Link("@甲", READER, 0)]), Answer("hash")),
        Snapshot("", [Headline(url=READER)]),
        Outcome(url=READER, target_url=READER, detail=f"Got data loss in {READER}."),
    ],
)
def test_addresses_hold_no_number(item: Item) -> None:
    assert "700001" in str(item)
    assert "700001" not in str(pipeline().process_item(item))
    assert "700001" in str(pipeline(plain=True).process_item(item))


def test_plain_by_a_setting_only() -> None:
    thread = pipeline(plain=True).process_item(Thread("2", [comment("700001", "读者甲")]))

    assert isinstance(thread, Thread)
    assert (thread.comments[0].reader_id, thread.comments[0].reader_name) == ("700001", "读者甲")


@pytest.mark.parametrize("plain", [False, True])
def test_who_is_forgotten_is_left_out(plain: bool) -> None:
    names = KEY.of("id", "700001"), KEY.of("name", "微博乙")
    without = pipeline(*names, plain=plain)
    ours = [comment("700001", "甲"), comment("700002", "微博乙"), comment(None, "微博乙")]
    thread = without.process_item(Thread("2", ours))

    assert isinstance(thread, Thread)
    assert len(thread.comments) == 1
    outcome = without.process_item(post())
    assert isinstance(outcome, Outcome)
    assert (outcome.kind, outcome.post_id) == ("erased", "5")
    assert without.crawler.stats.counted == [FORGOTTEN] * 3
