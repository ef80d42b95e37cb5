"""What of a day's links leads to no article, from the facts alone."""

from collections.abc import Iterator

from replica.addresses import HOME, stub_target, url_of
from replica.articles import Facts, facts
from replica.content import Record
from replica.related import related
from replica.timeline import World
from replica.truth import body_links


def outcomes(world: World) -> Iterator[Record]:
    """One outcome for each article URL of the day's pages that leads to no article."""
    gone: dict[str, Record] = {}
    for entry in range(world.total):
        if not world.alive(entry):
            continue
        if world.is_stub(entry):
            yield _outcome(
                str(world.id_of(entry)), url_of(world, entry), "stub", stub_target(world, entry)
            )
            continue
        for article_id, url in _linked(world, facts(world, entry)):
            target = world.entry_of(int(article_id))
            if target is None or not world.alive(target):
                gone.setdefault(article_id, _outcome(article_id, url, "gone", HOME))
    yield from gone.values()


def _linked(world: World, article: Facts) -> Iterator[tuple[str, str]]:
    """Id and URL of each article that the article's page links to."""
    for entry in related(world, article):
        yield str(entry.article_id), entry.url
    for link in body_links(article):
        if link["url"].startswith(HOME):
            yield link["url"].rpartition("_")[2].removesuffix(".shtml"), link["url"]


def _outcome(article_id: str, url: str, kind: str, target: str) -> Record:
    return {"article_id": article_id, "url": url, "kind": kind, "target_url": target}
