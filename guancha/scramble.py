"""Makes a saved page publishable: its mark-up, dates and role words stay, its words and numbers go."""

import hashlib
import re

from guancha.processors.byline_words import HOUSES, PRESS_TITLES, ROLES, SURNAMES, any_of

_LABELS = (
    "来源 最后更新 责任编辑 原标题 标签 相关推荐 作者最近文章 小编最近文章 最近文章 评论 分享到 字号 "
    "下一页 上一页 余下全文 全文 观察者头条 最新闻 专栏作者 本文系观察者网独家稿件 未经授权 不得转载 "
    "本文仅代表作者个人观点 文章内容纯属作者个人观点 不代表平台观点 否则将追究法律责任 "
    "请支持独立网站 转发请注明本文链接 译自 资料图 截图 图片来源 图自 阅读数 阅读 万 亿"
).split()
# One-character roles (文, 译, 图) are role words only before their slash or colon.
_ROLE_WORDS = {word for row in ROLES.values() for word in row.split() if len(word) > 1}
_KEPT = any_of({*_LABELS, *_ROLE_WORDS, *HOUSES, *PRESS_TITLES})
_STAYS = rf"{_KEPT}|[文译图](?=[/／：])|(?<=[0-9])[年月日]"
_WORDS = re.compile(rf"{_STAYS}|([\u3400-\u9fff]+?)(?={_STAYS}|[^\u3400-\u9fff]|$)")
_ARTICLE_ID = re.compile(r"([0-9]{4}_[0-9]{2}_[0-9]{2}_)([0-9]+)")
_KEY = re.compile(r"""((?:data-id|jiandu_id|data-root|[?&]u?id|_DOC_ID)\s*=\s*["']?)([0-9]+)""")
_FIRST = sorted(SURNAMES)
_FOLLOWING = "安波晨东峰刚国海航华佳建江杰静康乐丽林龙民明宁鹏平强青荣山涛伟文晓欣秀燕阳英宇云泽志"


def scramble(html: str) -> str:
    """The page with other Chinese words of the same length and other numbers for its articles and keys.

    Equal words become equal words, so that names and titles still match each other.

    >>> scramble('<p>【文/观察者网 某某】10月4日</p><a href="/x/2026_10_04_903180_2.shtml">某某</a>')
    '<p>【文/观察者网 焦建】10月4日</p><a href="/x/2026_10_04_395179_2.shtml">焦建</a>'
    """
    html = _ARTICLE_ID.sub(lambda match: match[1] + _number(match[2]), html)
    html = _KEY.sub(lambda match: match[1] + _number(match[2]), html)
    return _WORDS.sub(lambda match: _words(match[1]) if match[1] else match[0], html)


def _words(words: str) -> str:
    digest = hashlib.shake_128(words.encode()).digest(2 * len(words))
    # It begins like a name, for where it is one.
    first = _FIRST[int.from_bytes(digest[:2]) % len(_FIRST)]
    return first + "".join(_FOLLOWING[byte % len(_FOLLOWING)] for byte in digest[1 : len(words)])


def _number(digits: str) -> str:
    value = int.from_bytes(hashlib.sha256(digits.encode()).digest()[:8])
    return str(10 ** (len(digits) - 1) + value % (9 * 10 ** (len(digits) - 1)))
