"""The table of listings: where each section lists its articles. Data, no code but the look-up.

A row has the addresses of its listing in order of preference: the first that offers an article is walked.
``{page}`` is the number of the page; the first page may stand elsewhere.
"""

from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import quote

from guancha.urls import HOST

PAGES_A_LISTING = 15
"""About how many pages a listing has, as others report; only for the forecast of a run."""
LINKS_A_PAGE = 50
"""About how many articles a page of it links to."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a listing stands."""

    first: str
    """Path of its first page."""
    further: str | None = None
    """Path of the others; None for a listing of one page."""

    def url(self, page: int) -> str | None:
        """The URL of a page, counted from 1; None where there is no such page."""
        path = self.first if page == 1 else self.further
        return path and f"https://{HOST}{quote(path.format(page=page))}"


@dataclass(frozen=True, slots=True)
class Look:
    """How a listing is known to look: for the verdict, since its links are read however it looks."""

    templates: tuple[str, ...]
    """Of ``pages.listing``: one of them shows its articles."""
    since: str = ""
    """First day, ``YYYY-MM-DD``; empty for ever."""


@dataclass(frozen=True, slots=True)
class Section:
    """One row of the table."""

    slug: str
    """How the argument ``sections`` names it."""
    name: str
    """How the site names it."""
    addresses: tuple[Address, ...]
    looks: tuple[Look, ...] = (Look(("module", "tsp")),)
    """All that its pages show."""


def _column(slug: str, name: str, former: str | None = None) -> Section:
    """A section of the navigation of 2026; ``former`` is its slug until September 2026."""
    new = Address(f"/column/{slug}", f"/column/{slug}/{{page}}")
    return Section(slug, name, (new, *((_numbered(former),) if former else ())))


def _numbered(path: str) -> Address:
    return Address(f"/{path}/list_1.shtml", f"/{path}/list_{{page}}.shtml")


HOME = (Look(("headline",)), Look(("module",)), Look(("topnews",), since="2026-09-01"))
SECTIONS = (
    Section("home", "首页", (Address("/"),), HOME),
    Section("GuanChaZheTouTiao", "观察者头条", (_numbered("GuanChaZheTouTiao"),)),
    Section("mainnews-yw", "要闻", (_numbered("mainnews-yw"),)),
    Section("mainnews-sp", "评论", (_numbered("mainnews-sp"),)),
    Section("mainnews-gd", "滚动", (Address("/mainnews-gd/", "/mainnews-gd/list_{page}.shtml"),)),
    _column("ZhengZhi", "政治", "politics"),
    _column("GuoJi·ZhanLue", "国际", "internation"),
    _column("CaiJing", "财经", "economy"),
    _column("JunShi", "军事", "military-affairs"),
    _column("GongYe·KeJi", "科技", "industry-science"),
    _column("ChanJing", "产经", "chanjing"),
    _column("GuanJinRong", "观金融", "GuanJinRong"),
    _column("qiche", "观出行", "qiche"),
    _column("ChengShi", "城事", "society"),
    # Nobody has reported how its list looks.
    Section("gczvideo", "视频", (Address("/video/gczvideo/list.html"),), ()),
)
"""The navigation of October 2026, with the listings that stand beside it."""

_BY_SLUG = {section.slug: section for section in SECTIONS}


def section(slug: str) -> Section:
    """The row of a slug; one that the table does not have is an author's or a topic's.

    >>> section("WangWu").addresses[0].url(2)
    'https://www.guancha.cn/WangWu/list_2.shtml'
    """
    known = _BY_SLUG.get(slug)
    new = Address(f"/column/{slug}", f"/column/{slug}/{{page}}")
    return known or Section(slug, slug, (_numbered(slug), new))


def is_known(slug: str) -> bool:
    """Whether the table has it."""
    return slug in _BY_SLUG


def resembling(slug: str) -> list[str]:
    """Slugs of the table that are spelt much like it, the closest first.

    >>> resembling("caijing"), resembling("WangWu")
    (['CaiJing', 'ChanJing'], [])
    """
    spelt = {known.casefold(): known for known in _BY_SLUG}
    return [spelt[match] for match in get_close_matches(slug.casefold(), spelt, cutoff=0.75)]
