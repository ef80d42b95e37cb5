"""The lists of readers' posts, each with its addresses in order of preference. As others report them."""

from collections.abc import Callable
from dataclasses import dataclass

from guancha import urls
from guancha.arguments.posts import NEWEST, ORDERS, PostsArguments
from guancha.items import Outcome
from guancha.pages.post_list import EMPTY
from guancha.walk import Walk

MOST_PAGES = 100
"""No further: what is older is hardly read, and the list of all posts goes on for years."""
_SHORT = 12
_USER, _APP = "https://user.guancha.cn", "https://app.guancha.cn"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a list stands."""

    template: str
    """With ``{page}`` for the number of the page."""
    pages: int = MOST_PAGES
    """How many it may have."""

    def url(self, page: int) -> str | None:
        """The URL of a page, counted from 1; None where there is no such page."""
        return self.template.format(page=page) if page <= self.pages else None


@dataclass(frozen=True, slots=True)
class PostListing:
    """A list that can be walked."""

    slug: str
    """Its name in the archive and in the figures; it holds no reader's number."""
    addresses: tuple[Address, ...]


def wanted(arguments: PostsArguments, hide: Callable[[str], str]) -> list[PostListing]:
    """The lists that a run walks; ``hide`` gives the pseudonym of a reader's number.

    >>> some = PostsArguments(topics=("110",), authors=("17",))
    >>> [each.slug for each in wanted(some, lambda number: "1bc2f3d35ff1cda9e570dd7edff96a1e")]
    ['posts-newest', 'posts-topic-110', 'posts-author-1bc2f3d35ff1']
    """
    general = [_general(arguments.order)] if arguments.order else []
    topics = [_topic(number) for number in arguments.topics]
    return general + topics + [_author(number, hide(number)) for number in arguments.authors]


def is_behind(walk: Walk, outcome: Outcome) -> bool:
    """Whether an outcome only marks the end of a list: behind pages that name posts, one that names none."""
    is_empty = outcome.detail == EMPTY or (outcome.kind == "layout" and outcome.http_status == 200)
    is_home = outcome.kind == "gone" and urls.is_front(outcome.target_url or urls.HOME)
    return walk.has_named and (is_empty or is_home)


def _general(order: str) -> PostListing:
    query = f"page={{page}}&order={ORDERS[order]}"
    names = ("main/index-list.json", "news-api/fengwen-index-list.json")
    return PostListing(
        f"posts-{order}", tuple(Address(f"{_USER}/{name}?{query}") for name in names)
    )


def _topic(number: str) -> PostListing:
    query = f"topic_id={number}&page={{page}}&order={ORDERS[NEWEST]}"
    return PostListing(f"posts-topic-{number}", (Address(f"{_USER}/topic/post-list?{query}"),))


def _author(number: str, pseudonym: str) -> PostListing:
    published = f"{_APP}/user/get-published-list?page_size=20&page_no={{page}}&uid={number}"
    home = Address(f"{_USER}/user/personal-homepage?uid={number}", 1)
    return PostListing(f"posts-author-{pseudonym[:_SHORT]}", (Address(published), home))
