"""What later claims take from the answers to earlier ones, and how an answer is asked for."""

from collections.abc import Generator
from dataclasses import dataclass, field

from scrapy.http import Response

from guancha.exceptions import ClaimError, PageError, UnservedError
from guancha.extensions.patience import REFUSALS
from guancha.pages.article import ArticlePage
from guancha.pages.challenge import is_challenge
from guancha.pages.document import parse
from guancha.pages.listing import ListingPage
from guancha.sections import Address
from guancha.sitecheck.words import short
from guancha.urls import ArticleUrl


@dataclass
class Known:
    """What the answers so far have given."""

    agent: str
    """How robots.txt knows us."""
    asked: list[str] = field(default_factory=list)
    """URLs that were asked for."""
    answers: int = 0
    """How many of them were answered."""
    challenges: list[str] = field(default_factory=list)
    """Those that a challenge was served for."""
    listed: list[ArticleUrl] = field(default_factory=list)
    """Articles that listings link to."""
    at_home: list[ArticleUrl] = field(default_factory=list)
    """Articles that the home page links to."""
    listing: tuple[Address, ListingPage] | None = None
    """The first listing that could be read, and its first page."""
    article: ArticlePage | None = None
    """The article that was read."""
    posts: list[str] = field(default_factory=list)
    """Numbers of readers' posts that their list links to."""

    def get(self, url: str) -> Generator[str, Response, Response]:
        """Asks for one URL, and takes whatever is answered."""
        self.asked.append(url)
        response = yield url
        self.answers += 1
        return response

    def ask(self, url: str) -> Generator[str, Response, Response]:
        """Asks for one URL; raises UnservedError for a refusal or a failure, ClaimError for a challenge."""
        response = yield from self.get(url)
        if response.status in REFUSALS or response.status >= 500:
            raise UnservedError(f"{short(url)} answered with status {response.status}")
        if _is_challenge(response):
            self.challenges.append(url)
            raise ClaimError(f"{short(url)} answered with a challenge")
        return response


def _is_challenge(response: Response) -> bool:
    try:
        return is_challenge(parse(response.body))
    except PageError:
        return False
