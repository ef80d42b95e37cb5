"""Every living article can be reached from the home page, and no link leads to what never was."""

from collections import deque

import pytest
from replica_links import article_id, is_listing, links

from replica.outcomes import outcomes
from replica.site import Site
from replica.timeline import World
from replica.truth import records

HOME = "https://www.guancha.cn/"


def crawl(site: Site) -> tuple[set[str], set[str], set[str]]:
    """Walks the site; returns the ids seen in listings, seen anywhere, and living."""
    queue, seen = deque([HOME]), {HOME}
    listed: set[str] = set()
    met: dict[str, bool] = {}
    while queue:
        url = queue.popleft()
        found = links(site, url)
        here = article_id(url)
        if here:
            met[here] = found is not None
        for link in found or ():
            target = link.partition("#")[0].partition("?")[0].replace("http://", "https://")
            wanted = article_id(target)
            if wanted and not here:
                listed.add(wanted)
            known = wanted in met if wanted else target in seen
            if not known and (wanted or is_listing(target)):
                seen.add(target)
                met.setdefault(wanted, False) if wanted else None
                queue.append(target)
    return listed, set(met), {key for key, alive in met.items() if alive}


@pytest.mark.parametrize("era", ["2019", "2026", "mixed"])
@pytest.mark.parametrize(("articles", "day"), [(10, 0), (140, 0), (140, 9)])
def test_a_walk_finds_what_the_truth_says(era: str, articles: int, day: int) -> None:
    world = World(5, articles, day, era)
    listed, met, alive = crawl(Site(world))
    true_ids = {line["article_id"] for line in records(world)}
    other = {line["article_id"]: line["kind"] for line in outcomes(world)}
    stubs = {key for key, kind in other.items() if kind == "stub"}
    assert alive == true_ids | stubs
    assert met - alive == set(other) - stubs
    only_related = {line["article_id"] for line in records(world) if line["list_title"] is None}
    assert only_related == true_ids - listed
    assert bool(only_related) == (articles > 10)


def test_links_in_comments_lead_nowhere() -> None:
    world = World(1, 60)
    ghosts = {str(world.spare_id(entry, 3)) for entry in range(world.total)}
    _, met, _ = crawl(Site(world))
    assert not ghosts & met
