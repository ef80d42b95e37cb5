"""Where an entry lives: its slugs, its canonical URL, and the ways in which pages print a link."""

from datetime import datetime
from urllib.parse import quote, unquote

from replica.places import author_number, is_column, person, section_slug, sections
from replica.posting import is_paid, post_of_stub, post_url
from replica.timeline import GONE, World
from replica.words import number

SITE = "https://www.guancha.cn"
HOME = SITE + "/"
RAREST_FORM = 11
"""Of so many links, four are printed in a form other than the usual /slug/…"""


def canonical(slug: str, published: datetime, article_id: int) -> str:
    """https, www, no page, no noise, ``·`` percent-encoded."""
    day = published.strftime("%Y_%m_%d")
    return f"{SITE}/{quote(slug)}/{day}_{article_id}.shtml"


def slug_of(world: World, entry: int) -> str:
    """The slug of the entry's first URL: its author's, or its section's."""
    if is_column(entry) and not world.is_stub(entry):
        return person(world, author_number(world, entry)).slug
    return section_slug(world, entry)


def alternate_slug(world: World, entry: int) -> str | None:
    """A second slug under which listings show one entry in twelve."""
    if entry % 12 != 5 or world.is_stub(entry) or world.hidden(entry, len(sections(world))):
        return None
    other = section_slug(world, entry, 0 if is_column(entry) else 1)
    return other if other != slug_of(world, entry) else None


def url_of(world: World, entry: int) -> str:
    """The entry's canonical URL."""
    return canonical(slug_of(world, entry), world.published(entry), world.id_of(entry))


def alternate_url(world: World, entry: int) -> str | None:
    """The canonical form of the entry's second URL."""
    slug = alternate_slug(world, entry)
    return slug and canonical(slug, world.published(entry), world.id_of(entry))


def gone_url(world: World, entry: int) -> str:
    """The URL of a neighbour that the site took away long before the epoch."""
    slug = section_slug(world, entry)
    return canonical(slug, world.published(entry), world.spare_id(entry, GONE))


def stub_target(world: World, entry: int) -> str:
    """Where a stub sends its reader: a reader's post, or a paid one."""
    if is_paid(entry):
        paid = number(world.seed, entry, "post") % 1_700_000
        return f"https://member.guancha.cn/post/view?id={paid}"
    return post_url(world, post_of_stub(entry))


def printed(url: str, turn: int, noise: str = "", plain: bool = False) -> str:
    """A canonical URL as a page prints it; ``turn`` picks the form, ``plain`` keeps to /slug/…"""
    path = url.removeprefix(SITE)
    if turn % 3:
        path = unquote(path)
    form = 0 if plain else turn % RAREST_FORM
    head = {3: "..", 5: "//www.guancha.cn", 7: "http://www.guancha.cn", 9: SITE}.get(form, "")
    return head + path + noise
