"""Readers' comments as the page of an article shows them, once its scripts have run."""

from urllib.parse import parse_qs, urlsplit

from lxml.etree import _Element as Element
from scrapy.http import Response

from guancha import urls
from guancha.items import Comment, Counts, Outcome
from guancha.pages.answered import Answered
from guancha.pages.comment import Place, Reading, each_once, unlisted
from guancha.pages.payload import MOST
from guancha.pages.rules import Hits, Rule, begins, declared, has
from guancha.processors.comments import lines, plain
from guancha.processors.text import integer

_ITEM = f"//li[{has('comment-item')}]"
_USER = f"./div/div[{has('user-box')}]"
_FOOTER = f"./div[{has('list-footer')}]"

BOX = Rule("thread/box", "//*[@id='comments-container'][*]")
EMPTY = Rule("thread/empty", "//*[@id='comments-container'][not(*)]")
ALL = Rule("thread/all", f".//ul[{has('list-body-all')}]{_ITEM}")
HOT = Rule("thread/hot", f".//ul[{has('list-hot-body-all')}]{_ITEM}")
MEMBERS = Rule("thread/members", f".//ul[{has('list-member-body-all')}]{_ITEM}")
COUNTS = {
    "comment_count": Rule("thread/comment_count", f".//h3[{begins('全部评论')}]/span[1]"),
    "hot_count": Rule("thread/hot_count", f".//h3[{begins('热门评论')}]/span[1]"),
    "collect_count": Rule("thread/collect_count", "//*[@id='count0']"),
    "view_count": Rule("thread/view_count", f"//span[{has('postpage-view')}]"),
}
DRAWN = Rule("thread/drawn", "//*[@id='count2']")

QUOTED = Rule("thread/quoted", f"./div[{has('comment-box')}]")
QUOTED_MAIN = Rule("thread/quoted/main", f"./div[{has('cmt-item-main')}]")
QUOTED_READER = Rule("thread/quoted/reader", f"./span[{has('quote')}]/*[not({has('member-logo')})]")
QUOTED_MEMBER = Rule("thread/quoted/member", f"./span[{has('quote')}]//span[{has('member-logo')}]")
READER = Rule("thread/reader", f"{_USER}/*[{has('user-nick')}]")
MEMBER = Rule("thread/member", f"{_USER}/span[{has('member-logo')}]")
TEXT = Rule("thread/text", f"./div[{has('comment-txt')}]")
FOLDED = Rule("thread/folded", f"./span[{has('unfold')}]/preceding-sibling::span[1]")
TIME = Rule("thread/time", f"{_FOOTER}/span[{has('time')}]")
PRAISE = Rule("thread/praise", f"{_FOOTER}//a[{has('praise')}]/span")
TREAD = Rule("thread/tread", f"{_FOOTER}//a[{has('tread')}]/span")
REPLIES = Rule("thread/replies", f"{_FOOTER}//a[contains(@href, 'child-comments')]")

RULES = (BOX, EMPTY, ALL, HOT, MEMBERS, *COUNTS.values(), DRAWN, QUOTED, QUOTED_MAIN)
RULES += (QUOTED_READER, QUOTED_MEMBER, READER, MEMBER, TEXT, FOLDED, TIME)
RULES += (PRAISE, TREAD, REPLIES)


def classify_thread(response: Response, place: Place, hits: Hits) -> Reading | Outcome:
    """Tells what the rendered page of an article shows of its comments; never raises."""
    asked = urls.comments(place.doc_id)
    answer = Answered(response, asked, place.date, place.article_id, stream="comments")
    if answer.is_redirect:
        there = answer.redirect()
        return there if isinstance(there, Outcome) else answer.outcome("error", there.url)
    root = answer.root
    if isinstance(root, Outcome):
        return root
    hits.update(declared(RULES))
    page = ThreadPage(place, root, hits)
    reading = page.reading()
    if reading and reading.counts.comments == "closed":
        reading.outcome = answer.outcome("closed")
    is_empty = reading is not None and reading.counts.comment_count and not reading.listed
    if reading is None or (is_empty and not reading.outcome) or not answer.closed:
        return answer.unknown(root, "no thread/all" if reading else "no thread/comment_count")
    return answer.outcome("layout", detail="no thread/text") if reading.is_mute else reading


class ThreadPage:
    """The comments of a page; ``hits`` counts which rules matched."""

    def __init__(self, place: Place, root: Element, hits: Hits) -> None:
        self.place = place
        self.root = root
        self.hits = hits
        self.nameless = 0

    def reading(self) -> Reading | None:
        """All that it shows; None where its script has drawn nothing."""
        box = next(iter(BOX.find(self.root, self.hits)), None)
        if box is None:
            return self._closed()
        counts = self._counts(box)
        if counts is None:
            return None
        found = {rule: rule.find(box, self.hits) for rule in (HOT, MEMBERS, ALL)}
        hots = self._comments(found[HOT], is_hot=True)
        listed = self._comments([*found[MEMBERS], *found[ALL]])
        every = [node for nodes in found.values() for node in nodes]
        quoted = [q for node in every for q in QUOTED.find(node, self.hits)]
        answered = self._comments(quoted, is_quoted=True)
        return Reading(
            counts,
            each_once(listed),
            each_once(hots),
            unlisted(answered, hots, listed),
            self.nameless,
            is_all=True,
        )

    def _closed(self) -> Reading | None:
        """Of a closed thread the script shows a number, and nothing else."""
        total = self._number(DRAWN, self.root)
        if total is None or not EMPTY.find(self.root, self.hits):
            return None
        return Reading(self.place.counts("closed", comment_count=total), is_all=True)

    def _counts(self, box: Element) -> Counts | None:
        known = {name: self._number(rule, box) for name, rule in COUNTS.items()}
        counts = self.place.counts("open", **known)
        return counts if counts.comment_count is not None else None

    def _comments(
        self, nodes: list[Element], *, is_hot: bool = False, is_quoted: bool = False
    ) -> list[Comment]:
        comments = []
        for node in nodes:
            number = _digits(node.get("data-id"))
            if number is None:
                self.nameless += 1
                continue
            comment = self._comment(number, node, is_quoted)
            comment.is_hot, comment.is_quoted = is_hot, is_quoted
            comments.append(comment)
        return comments

    def _comment(self, number: str, node: Element, is_quoted: bool) -> Comment:
        inner = QUOTED_MAIN.find(node, self.hits) if is_quoted else []
        main = inner[0] if inner else node
        comment = self.place.comment(number, self._printed(TIME, main))
        answered = [] if is_quoted else QUOTED.find(node, self.hits)
        others = (_digits(node.get("data-root")), *(_digits(q.get("data-id")) for q in answered))
        root_id, parent_id, *_ = (*(None if o == number else o for o in others), None)
        comment.root_id, comment.parent_id = root_id, parent_id
        comment.praise_count = self._number(PRAISE, main)
        comment.tread_count = self._number(TREAD, main)
        comment.reply_count = self._number(REPLIES, main)
        self._write(comment, main)
        signs = (QUOTED_READER, QUOTED_MEMBER) if is_quoted else (READER, MEMBER)
        self._sign(comment, main, *signs)
        return comment

    def _write(self, comment: Comment, main: Element) -> None:
        """What it says, and whether it is still said."""
        for text in TEXT.find(main, self.hits)[:1]:
            folded = FOLDED.find(text, self.hits)
            comment.text = lines(folded[0] if folded else text)
            if "del" in text.get("class", "").split():
                comment.status = "deleted"
            elif folded:
                comment.status = "folded"

    def _sign(self, comment: Comment, main: Element, reader: Rule, member: Rule) -> None:
        """Who says it."""
        for named in reader.find(main, self.hits)[:1]:
            comment.reader_name = plain("".join(named.itertext())) or None
            # Readers of weibo have no page here.
            comment.reader_id = _reader(named.get("href", ""))
        comment.is_member = bool(member.find(main, self.hits))

    def _number(self, rule: Rule, node: Element) -> int | None:
        number = integer(self._printed(rule, node) or "")
        return number if number is not None and number < MOST else None

    def _printed(self, rule: Rule, node: Element) -> str | None:
        return next(iter(rule.texts(node, self.hits)), None)


def _reader(href: str) -> str | None:
    """The number in the address of a reader's page."""
    try:
        (number, *_) = parse_qs(urlsplit(href).query).get("uid") or [""]
    except ValueError:
        return None
    return _digits(number)


def _digits(printed: str | None) -> str | None:
    """A number that identifies something; None for 0, which stands for none."""
    value = printed or ""
    is_number = value.isascii() and value.isdigit() and len(value) <= 16
    return value if is_number and value.lstrip("0") == value else None
