"""What was seen, in words."""

from urllib.parse import unquote, urlsplit

from guancha import urls
from guancha.items import Outcome
from guancha.pages.answered import Moved
from guancha.pages.article import ArticlePage
from guancha.pages.listing import ListingPage


def short(url: str) -> str:
    """An address as a person reads it: without what is the same for all.

    >>> short("https://www.guancha.cn/column/GuoJi%C2%B7ZhanLue")
    '/column/GuoJi·ZhanLue'
    >>> short("https://m.guancha.cn/robots.txt")
    'm.guancha.cn/robots.txt'
    """
    parts = urlsplit(url)
    host = "" if parts.hostname == urls.HOST else parts.netloc
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{unquote(parts.path)}{query}"


def count(number: int, noun: str) -> str:
    """A number of things.

    >>> count(1, "image"), count(0, "image")
    ('1 image', '0 images')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"


def describe(answer: ArticlePage | ListingPage | Moved | Outcome) -> str:
    """What was answered, in words that follow a colon."""
    match answer:
        case ArticlePage():
            return "an article is served"
        case ListingPage(entries=entries):
            return f"a page with {count(len(entries), 'article')} is served"
        case Moved(url=url):
            return f"sent on to {short(url)}"
        case Outcome(kind="gone", target_url=str(target)):
            home = urls.kind(target) is urls.Kind.HOME
            return "sent to the home page" if home else f"sent to {short(target)}"
        case Outcome(kind="gone", detail=None):
            return f"status {answer.http_status}"
        case Outcome(kind="stub" | "offsite", target_url=str(target)):
            return f"leads elsewhere, to {short(target)}"
        case Outcome(kind="layout"):
            return f"another layout ({answer.detail})"
        case _:
            return answer.detail or answer.kind
