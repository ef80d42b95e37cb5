"""Small pages in the skeleton of the real ones, with invented words: what a test is about, and no more."""

from dataclasses import dataclass
from datetime import datetime

from guancha import saved, urls
from guancha.items import Article
from guancha.pages.article import ArticlePage
from guancha.pages.document import parse

URL = "https://www.guancha.cn/WangWu/2020_03_04_500100.shtml"
NOW = datetime.fromisoformat("2020-03-05T12:00:00+08:00")
TIMES = '<div class="time fix"><span>2020-03-04 08:30:00</span><span>来源：某某报</span></div>'
TEXT = "<p>河边的磨坊昨天又开了门。</p>"


@dataclass(frozen=True)
class Page:
    """The parts of a page, each as mark-up; what is not named is as plain as it gets."""

    body: str = TEXT
    title: str = "磨坊"
    head: str = "<title>磨坊</title>"
    box: str = ""
    times: str = TIMES
    after: str = ""
    """Below the body: pager, tags, other lines, topic."""
    doc_id: str = "500100"
    right: str = ""

    @property
    def html(self) -> bytes:
        """The page as served."""
        return (
            f'<!DOCTYPE html>\n<html><head><meta charset="utf-8">{self.head}</head><body>\n'
            '<div class="content"><ul class="two-coloum fix">'
            f'<li class="left left-main"><h3>{self.title}</h3>{self.box}{self.times}\n'
            f'<div class="content all-txt">{self.body}</div>\n{self.after}'
            f'<div id="comments-container" data-id="{self.doc_id}" data-type="1"></div></li>\n'
            f'<li class="right">{self.right}</li></ul></div>\n</body></html>\n'
        ).encode()

    def read(self, url: str = URL) -> ArticlePage:
        """The page, parsed."""
        return ArticlePage(urls.article(url), parse(self.html), NOW)

    def article(self, url: str = URL) -> Article:
        """The sound record that it yields."""
        record = saved.record(self.html, url, NOW)
        assert isinstance(record, Article), record
        return record


def pager(count: int, current: int = 1, *, full_text: bool = True) -> str:
    """The pager of a split piece as printed: its last links lead on by script."""
    stem = "/WangWu/2020_03_04_500100"
    numbers = "".join(
        f'<span class="active">{number}</span>'
        if number == current
        else f'<a href="{stem}_{number}.shtml">{number}</a>'
        for number in range(1, count + 1)
    )
    scripts = _script(f"{stem}_{current + 1}", "下一页") if current < count else ""
    scripts += _script(f"{stem}_s", "余下全文") if full_text else ""
    return f'<div id="select_page"><div class="module-page">{numbers}{scripts}</div></div>'


def _script(stem: str, words: str) -> str:
    return f"""<a onclick="javascript:location.href='{stem}.shtml';">{words}</a>"""
