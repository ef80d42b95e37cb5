"""Where the boxes of the home page stand, and what beside their links."""

from dataclasses import dataclass

from guancha.pages.rules import Rule, has

_LEAD = f"ancestor::div[{has('content-headline')}][1]//div[{has('module-interact')}]"
# Up to the next headline: the columns nest their entries unclosed.
_BELOW = f"ancestor::h4[1]/following-sibling::*[self::h4 or self::div[{has('module-interact')}]][1]"
_COLUMN = f"//ul[{has('img-List')}]"
_OTHERS = f"ancestor::ul[{has('Review-item')} or {has('fengwen-list')}]"


@dataclass(frozen=True)
class Links:
    """Some links of a box, and where, seen from a link, its details stand."""

    link: Rule
    views: Rule | None = None
    comments: Rule | None = None
    praises: Rule | None = None
    date: Rule | None = None
    comment_id: Rule | None = None

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Those that it has."""
        every = (self.link, self.views, self.comments, self.praises, self.date, self.comment_id)
        return tuple(rule for rule in every if rule)


def _beside(name: str, div: str) -> dict[str, Rule]:
    views = (f"{div}//a[{has('interact-attention')}]", f"{div}//a[@data-sensor='阅读数']")
    return {
        "views": Rule(f"home/{name}/views", *views),
        "comments": Rule(f"home/{name}/comments", f"{div}//a[{has('interact-comment')}]"),
    }


def _timed(name: str, *boxes: str) -> Links:
    links = Rule(f"home/{name}", *(f"{box}//a[@href]" for box in boxes))
    date = Rule(f"home/{name}/date", f"ancestor::li[1]//span[{has('time')}]")
    return Links(links, date=date)


BOXES: dict[str, tuple[Links, ...]] = {
    "headline": (
        Links(
            Rule("home/headline", f"//div[{has('content-headline')}]/h3//a[@href]"),
            **_beside("headline", _LEAD),
        ),
        Links(Rule("home/headline/more", f"//ul[{has('content-headline-other')}]/li/a[@href]")),
        Links(Rule("home/headline/top", f"//div[{has('content-topnews-box-neo-box')}]//a[@href]")),
    ),
    "main": (
        Links(
            # Where a parser closes the column at its first unclosed entry, the others stand behind it.
            Rule(
                "home/main",
                f"({_COLUMN} | {_COLUMN}/ancestor::li[1]/following-sibling::li)"
                f"//h4[{has('module-title')}][not({_OTHERS})]//a[@href]",
            ),
            **_beside("main", _BELOW),
        ),
    ),
    "fast": (_timed("fast", "//*[@id='news-index-focus' or @id='news-focus']"),),
    "hot": (_timed("hot", "//*[@id='news-index-redian']", f"//*[{has('hot-list-2')}]"),),
    "hot_posts": (
        Links(
            Rule(
                "home/hot_posts",
                f"//*[@id='post-fengwen']//a[{has('fenwen24-title')}]",
                "//*[@id='post-fengwen']//a[@href]",
            ),
            comments=Rule("home/hot_posts/comments", "following-sibling::span[1]"),
            praises=Rule("home/hot_posts/praises", "following-sibling::span[1]"),
        ),
    ),
    "hot_comments": (
        Links(
            Rule("home/hot_comments", f"//*[@id='hot-comments']//a[{has('hot-comment-txt')}]"),
            praises=Rule("home/hot_comments/praises", f"following-sibling::*[{has('praise')}][1]"),
            comment_id=Rule("home/hot_comments/id", "ancestor::*[@data-id][1]/@data-id"),
        ),
    ),
}
"""Box -> its links, the most prominent first."""
RULES = tuple(rule for parts in BOXES.values() for part in parts for rule in part.rules)
FILLED = """document.querySelector('.content-headline, h4.module-title') !== null &&
  ['news-index-focus', 'news-focus', 'news-index-redian', 'post-fengwen', 'hot-comments']
  .map(id => document.getElementById(id)).every(box => box === null || box.querySelector('a'))"""
"""JavaScript: true once every box that a script fills has been filled."""
