"""Pure facts about the site's URLs: what a link is, which article it names, and its canonical form.

Identity is the number in the path. Slug, host (www or m), scheme, page number, query and fragment are
noise. Hostile input ends in :class:`~guancha.exceptions.UrlError` or in ``OFFSITE``, never in a request.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from urllib.parse import SplitResult, parse_qs, quote, unquote, urljoin, urlsplit

from guancha.exceptions import UrlError

HOST = "www.guancha.cn"
HOME = f"https://{HOST}/"
DOMAIN = "guancha.cn"
ARTICLE_HOSTS = frozenset({HOST, "m.guancha.cn", DOMAIN})
MAX_LENGTH = 2048

_SLUG = r"[A-Za-z0-9\-_·]{1,64}"
_ARTICLE = re.compile(
    rf"/(?P<slug>{_SLUG})/(?P<date>[0-9]{{4}}_[0-9]{{2}}_[0-9]{{2}})_(?P<id>[0-9]{{1,12}})"
    r"(?:_(?P<page>[0-9]{1,3}|s))?\.shtml",
)
# How the site itself prints a link to an article, but for the few with a letter to be decoded.
_PLAIN = re.compile(
    r"(?P<site>https?://(?:www\.|m\.)?guancha\.cn)?/(?!Search/|df888/)(?P<slug>[A-Za-z0-9_·-]{1,64})"
    r"/(?P<date>[0-9]{4}_[0-9]{2}_[0-9]{2})_(?P<id>[0-9]{1,12})(?:_(?P<page>[0-9]{1,3}|s))?\.shtml"
    r"(?:\?[A-Za-z0-9=&_]{0,99})?(?:#[a-z]{0,20})?",
)
_LISTING = re.compile(
    rf"/(?:column/(?P<column>{_SLUG})(?:/(?P<column_page>[0-9]{{1,4}}))?/?"
    rf"|(?P<slug>{_SLUG})(?:/list_(?P<page>[0-9]{{1,4}})\.shtml|/list\.html|/)?"
    rf"|video/(?P<video>{_SLUG})/list(?:_(?P<video_page>[0-9]{{1,4}}))?\.html)"
)
_READER = re.compile(r"([?&](?:uid|user_id)=)[^&#\s'\"<>)]*", re.IGNORECASE)
# Disallowed by the site's robots.txt, as others report it.
_KEEP_OUT = ("/Search/", "/df888/")


class Kind(Enum):
    """What a link leads to."""

    HOME = "home"
    ARTICLE = "article"
    LISTING = "listing"
    POST = "post"
    """A reader's post on user.guancha.cn (风闻)."""
    MEMBER = "member"
    """A paid post on member.guancha.cn."""
    IMAGE = "image"
    OTHER = "other"
    """On the site, but nothing that is collected."""
    OFFSITE = "offsite"
    """Another site, another scheme, an odd port, or credentials in the address."""


@dataclass(frozen=True, slots=True)
class ArticleUrl:
    """An article's address, taken apart."""

    article_id: str
    """The digits; with them the article is known."""
    slug: str
    """First path segment, decoded."""
    date: str
    """``YYYY-MM-DD``."""
    page: str | None = None
    """``2`` … for a further page, ``s`` for the full text on one page."""

    @property
    def first(self) -> "ArticleUrl":
        """Its first page, which stands for the whole."""
        return replace(self, page=None)

    @property
    def canonical(self) -> str:
        """https, www, no query, no fragment, no page; ``·`` percent-encoded."""
        return self._printed("")

    @property
    def address(self) -> str:
        """The same of this very page of it."""
        return self._printed(f"_{self.page}" if self.page else "")

    def _printed(self, suffix: str) -> str:
        slug = self.slug if self.slug.isascii() else quote(self.slug)
        return f"{HOME}{slug}/{self.date.replace('-', '_')}_{self.article_id}{suffix}.shtml"


def absolute(href: str, base: str = HOME) -> str:
    """The absolute form of a link as printed on the page ``base``.

    >>> absolute(" ../WangWu/2019_09_07_1.shtml?s=zwytt ", "https://www.guancha.cn/x/2019_09_07_2.shtml")
    'https://www.guancha.cn/WangWu/2019_09_07_1.shtml?s=zwytt'
    >>> absolute("http://[broken")
    Traceback (most recent call last):
    guancha.exceptions.UrlError: not a URL: 'http://[broken'

    Raises UrlError for what is no URL at all.
    """
    # Browsers drop these inside an address, so a link that holds them still works for a reader.
    printed = href.strip().replace("\t", "").replace("\n", "").replace("\r", "")
    if len(printed) > MAX_LENGTH:
        raise UrlError(f"not a URL: {printed[:60]!r}… is longer than {MAX_LENGTH} characters")
    try:
        url = urljoin(base, printed)
        _split(url)
    except ValueError as error:
        raise UrlError(f"not a URL: {href[:200]!r}") from error
    return url


def kind(url: str) -> Kind:
    """What an absolute URL leads to; never raises.

    >>> kind("http://m.guancha.cn/CaiJing/2026_10_04_903180_2.shtml?s=x#comment")
    <Kind.ARTICLE: 'article'>
    >>> kind("https://www.guancha.cn.evil.example/CaiJing/2026_10_04_903180.shtml")
    <Kind.OFFSITE: 'offsite'>
    >>> kind("https://user.guancha.cn/main/content?id=170204&s=zwyess")
    <Kind.POST: 'post'>
    """
    try:
        parts = _split(url)
    except ValueError:
        return Kind.OFFSITE
    host = parts.hostname or ""
    if not _is_ours(parts, host):
        return Kind.OFFSITE
    if host in ARTICLE_HOSTS:
        return Kind.ARTICLE if find_article(url) else _path_kind(unquote(parts.path))
    if host == f"user.{DOMAIN}" and parts.path == "/main/content" and "id" in parse_qs(parts.query):
        return Kind.POST
    return {f"member.{DOMAIN}": Kind.MEMBER, f"i.{DOMAIN}": Kind.IMAGE}.get(host, Kind.OTHER)


def article(url: str) -> ArticleUrl:
    """Takes the absolute URL of an article apart.

    >>> article("https://www.guancha.cn/GuoJi%C2%B7ZhanLue/2026_09_27_902431_s.shtml?s=zwytt")
    ArticleUrl(article_id='902431', slug='GuoJi·ZhanLue', date='2026-09-27', page='s')
    >>> article("https://www.guancha.cn/about/about.shtml")
    Traceback (most recent call last):
    guancha.exceptions.UrlError: not an article of guancha.cn: 'https://www.guancha.cn/about/about.shtml'

    Raises UrlError for anything else, an impossible date included.
    """
    found = find_article(url)
    if found is None:
        raise UrlError(f"not an article of {DOMAIN}: {url[:200]!r}")
    return found


def find_article(url: str) -> ArticleUrl | None:
    """Like :func:`article`, with None in place of the error: most links of a page are something else.

    >>> find_article("https://www.guancha.cn/") is None
    True
    """
    # Nearly all links of a page fail here, which spares them the work of being taken apart.
    if ".shtml" not in url:
        return None
    if (plain := _PLAIN.fullmatch(url)) and plain["site"]:
        return _article(plain)
    try:
        parts = _split(url)
    except ValueError:
        return None
    if parts.hostname not in ARTICLE_HOSTS or not _is_ours(parts, parts.hostname):
        return None
    path = unquote(parts.path)
    match = _ARTICLE.fullmatch(path)
    if match is None or path.startswith(_KEEP_OUT):
        return None
    return _article(match)


def linked_article(href: str, base: str) -> ArticleUrl | None:
    """The article that a link of the page ``base`` leads to: ``find_article(absolute(href, base))``, and fast.

    >>> linked_article("/WangWu/2019_09_07_1_2.shtml?s=zwytt", HOME)
    ArticleUrl(article_id='1', slug='WangWu', date='2019-09-07', page='2')

    Raises UrlError for what is no URL at all.
    """
    if base.startswith(HOME) and (plain := _PLAIN.fullmatch(href)):
        return _article(plain)
    return find_article(absolute(href, base))


def find_post(url: str) -> str | None:
    """The number of the reader's post (风闻) that an absolute URL leads to; None for anything else.

    >>> find_post("http://user.guancha.cn/main/content?id=170204&s=zwyess&page=0")
    '170204'
    """
    if kind(url) is not Kind.POST:
        return None
    (number, *_) = parse_qs(urlsplit(url).query)["id"]
    return number if re.fullmatch(r"[0-9]{1,12}", number) else None


def post(post_id: str) -> str:
    """The canonical URL of a post.

    >>> post("170204")
    'https://user.guancha.cn/main/content?id=170204'
    """
    return f"https://user.{DOMAIN}/main/content?id={post_id}"


def comments(doc_id: str) -> str:
    """Where readers' comments on an article are, by its key of comments; without a page.

    >>> comments("423500")
    'https://user.guancha.cn/comment/cmt-list.json?codeId=423500&codeType=1'
    """
    return f"https://user.{DOMAIN}/comment/cmt-list.json?codeId={doc_id}&codeType=1"


def hot_comments(doc_id: str) -> str:
    """The same of the hot ones alone (热门评论).

    >>> hot_comments("423500")
    'https://user.guancha.cn/comment/hot-cmt-list.json?codeId=423500&codeType=1'
    """
    return comments(doc_id).replace("/cmt-list", "/hot-cmt-list")


def is_front(url: str) -> bool:
    """Whether an absolute URL is a home page, the site's own or that of its readers' posts.

    >>> is_front("https://www.guancha.cn/?s=x"), is_front("https://user.guancha.cn/main/index")
    (True, True)
    >>> is_front("https://user.guancha.cn/user/login")
    False
    """
    if kind(url) is Kind.OTHER and urlsplit(url).hostname == f"user.{DOMAIN}":
        return urlsplit(url).path.rstrip("/") in ("", "/main", "/main/index")
    return kind(url) is Kind.HOME


def without_reader(url: str) -> str:
    """The same URL, or words that hold one, without the number of a reader.

    >>> without_reader("https://user.guancha.cn/user/personal-homepage?uid=17&page=2")
    'https://user.guancha.cn/user/personal-homepage?uid=&page=2'
    """
    return _READER.sub(r"\1", url)


def slug(url: str) -> str | None:
    """The section, author or topic that a listing's URL names, decoded.

    >>> slug("https://www.guancha.cn/column/GongYe%C2%B7KeJi/2")
    'GongYe·KeJi'
    >>> slug("https://www.guancha.cn/WangWu/list_1.shtml")
    'WangWu'
    >>> slug("https://www.guancha.cn/ZhongMeiGuanXi?s=syztbq")
    'ZhongMeiGuanXi'
    """
    if kind(url) is not Kind.LISTING:
        return None
    match = _LISTING.fullmatch(unquote(urlsplit(url).path))
    return match and (match["column"] or match["slug"] or match["video"])


def is_slug(text: str) -> bool:
    """Whether a text can be a section's or author's slug.

    >>> is_slug("GuoJi·ZhanLue"), is_slug("../etc/passwd")
    (True, False)
    """
    return re.fullmatch(_SLUG, text) is not None


def printable(url: str) -> str:
    """An absolute URL that is no article, in the one form that is stored: https on the site, no noise query.

    >>> printable("http://www.guancha.cn/ZhongMeiGuanXi?s=syztbq")
    'https://www.guancha.cn/ZhongMeiGuanXi'
    """
    parts = _split(url)
    if parts.hostname not in ARTICLE_HOSTS:
        return url
    return f"https://{HOST}{quote(unquote(parts.path)) or '/'}"


def _article(match: re.Match[str]) -> ArticleUrl | None:
    slug, printed, article_id, page = match.group("slug", "date", "id", "page")
    day = printed.replace("_", "-")
    try:
        date.fromisoformat(day)
    except ValueError:
        return None
    return ArticleUrl(article_id, slug, day, page)


def _split(url: str) -> SplitResult:
    parts = urlsplit(url)
    # Reading the port is what makes urlsplit look at it.
    _ = parts.port
    return parts


def _is_ours(parts: SplitResult, host: str) -> bool:
    if parts.scheme not in ("http", "https") or parts.port not in (None, 80, 443):
        return False
    if parts.username is not None or parts.password is not None:
        return False
    return host == DOMAIN or host.endswith(f".{DOMAIN}")


def _path_kind(path: str) -> Kind:
    if path in ("", "/"):
        return Kind.HOME
    # A path that climbs, or that robots.txt keeps out, is never followed.
    if ".." in path.split("/") or f"{path}/".startswith(_KEEP_OUT):
        return Kind.OTHER
    return Kind.LISTING if _LISTING.fullmatch(path) else Kind.OTHER
