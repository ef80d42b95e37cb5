"""The clauses of notices: which say whose a piece is, and what else may stand beside those.

A reprint line is free in its beginning only: each clause after the deciding one has to be a known
one. Whatever goes on to tell a story is text.
"""

import re

from guancha.processors.byline_words import PRESS_TITLES, TITLES, any_of
from guancha.processors.names import SURE, read_names

_QUOTED = r"(?:《[^《》]*》|“[^“”]*”|「[^「」]*」|\"[^\"]*\")"
# What follows the name of a journal, an account, a book: its issue, its kind, an aside.
_ISSUE = (
    r"(?:[0-9０-９〇零一二三四五六七八九十年月日第期卷辑章版号页上下旬刊总报网·.．—~～-]"
    r"|网站|官网|微信|微博|公众号|公号|头条号|客户端|杂志|专栏|一书|一文|报道|文章|[（(][^（()）]{0,40}[)）])*"
)
_NAMED = rf"[^《》“”「」\"]{{0,20}}{_QUOTED}{_ISSUE}(?:[、和与及].{{0,8}}{_QUOTED}{_ISSUE}){{0,3}}"
# A source without quotation marks is a name, or follows a colon; these make it a sentence.
_TALK = (
    r"[的了着过是被就却也都很已常令让使们你我他她后并]|以来|引[发起]|导致|[微博圈网号]上"
    r"|走红|热议|关注|刷屏|认为|表示"
)
_SOURCE = (
    rf"(?:[：:]?{_NAMED}"
    rf"|(?=.{{2,60}}\Z)(?!由)(?:(?!{_TALK})[^：:《》“”]){{0,40}}(?:[：:][^《》“”]{{0,24}})?)"
)

# How the parts of a notice are told from one another; what is quoted or in brackets is one part.
_PART = re.compile(
    r"(?:《[^《》]*》|“[^“”]*”|「[^「」]*」|\"[^\"]*\"|[（(][^（()）]*[)）]|[^，,。；;！!\s])+"
)
_WRAPPED = re.compile(r"[（(【\[](.*)[）)】\]]")
# White space in these places parts nothing.
_GAP = re.compile(
    r"(?:(?<=[：:])|(?<=转自|载自|载于|载在|发于|发在|刊于|登于|表于|表在))\s+|\s+(?=[《“「])"
)
_LAST_TITLE = re.compile(r"原(?:文)?(?:标题|题)[：:][^。；]{1,60}\Z")

_EXCLUSIVE = re.compile(
    r"(?:本文[系为是][^系为是]{0,12}|观察者网|本网)独家(?:稿件|文章|专稿|作品|内容|译稿|稿)"
)
_REPRINT = re.compile(rf"(?:本文|文章)(?:已?经?.{{0,6}}授权)?(?:转载?自|转载于)(?:{_SOURCE})")
_PRINTED = re.compile(
    r"(?:本文|文章|原文)(?:系|最初|首先)?(?:原载|原刊|首发|刊载|刊登|发表)[于在]" rf"(?:{_SOURCE})"
)
_PERMISSION = re.compile(r"授权.{0,12}(?:转载|发布|发表|刊发)")
# Every clause of any other notice is one of these; a paragraph that speaks of 转载 has others.
_WHOSE = re.compile(r"转[载发]|观点|立场|看法|意见|关注观察者网")
_OPINION = r"(?:观点|立场|看法|意见)"
_ALLOWED = r"(?:授权许可|授权|许可|允许|同意)"
_BARRED = r"(?:不得|请勿|禁止|严禁|谢绝)"
_CLAUSE = re.compile(
    rf"(?:本文|文章|文中)?(?:内容|观点)?(?:[仅只]?代表|纯属|[仅只]?[系为])作者(?:本人|个人)?的?"
    rf"{_OPINION}"
    rf"|(?:本文|文章|文中)?(?:内容|观点)?(?:并?不|不一定)代表(?:平台|本网|本站|本平台|观察者网)的?"
    rf"{_OPINION}"
    rf"|如?未经.{{0,12}}?{_ALLOWED}(?:{_BARRED}转载)?"
    rf"|(?:一律|任何.{{0,12}})?{_BARRED}(?:以任何.{{1,6}})?(?:擅自|随意|私自)?转载(?:或.{{1,8}})?"
    r"|(?:否则|违者)(?:将|必)?(?:依法)?(?:追究.{0,8}|必究)"
    r"|(?:欢迎)?关注观察者网(?:官方)?微信[^的了是就都]{0,24}|每日阅读趣味文章"
    r"|本文[系为是]观察者网独家(?:报道|专访|首发|授权)"
    r"|如需转载|请联系.{0,12}|请支持独立网站|https?://[!-~]+"
    r"|(?:欢迎|如需)?转[载发](?:请|须|需|时请|务请)?(?:注明|标明|联系)"
    r"(?:本文|文章|原文)?(?:链接|出处|来源|作者|本网|授权|观察者网|后台|我们)*(?:[：:].*)?"
)
# Short credits beside a deciding clause.
_CREDIT = re.compile(
    rf"(?:原文?|文章|本文)?(?:标题|题目|题)(?:原?[为是系])?[：:]?{_QUOTED}"
    rf"|[后现已并曾]?(?:收入|收录[于在]|选自|摘自|节选自|译自|原[载刊][于在]?|[载发][于在]|发表[于在]"
    rf"|首发[于在]|刊[于在])?(?:作者|其)?[^《》“”的了是]{{0,12}}(?<!在)(?<!对){_QUOTED}{_ISSUE}"
    r"|(?:[已现经由获承蒙特]|获得|得到)*(?:原?作者|译者|本人|该刊|编辑部|出版社|杂志社|原刊)*"
    r"(?:独家)?授权(?:给|由|在)?(?:观察者网|本网|本站|我们|平台|风闻社区)?(?:独家|全文|首次)?"
    r"(?:转载|发布|发表|刊发|刊登|首发|推出|编译|翻译)?"
    r"|(?:文字|内容|原文|[发刊转][表发布载]时|对原文)?(?:略?有|稍有|稍作|略作|有所)"
    r"(?:删[节减改]|改动|修[改订]|编辑|调整|增[删补])"
    r"|(?:本文|文章|文中|现|小|该|大小)?(?:标题|题目)?[系为由]?(?:编者|观察者网|小编|编辑|平台)"
    r"[所自](?:加|拟|起|改|取)"
    r"|[0-9０-９〇零一二三四五六七八九十年月日第期卷版号.．/-]{2,20}(?:版|刊|出版|发布)?"
    r"|(?:特此|在此|谨此|并此)(?:致谢|感谢|鸣谢|说明|声明)|版权所有|版权归.{1,16}所有"
    r"|仅?供(?:读者|诸位|大家|各位|网友)?(?:参考|学习|交流|思考|讨论)+|以飨读者"
    r"|[如若]?有?侵权(?:必删|即删|请.{0,8}|联系.{0,4}删除?)"
    r"|(?:微信公众号|公众号|微信号|微信|ID)(?:ID)?[：:]?[A-Za-z0-9_-]{3,30}"
    rf"|作者.{{0,6}}[系为是].{{0,24}}(?:{any_of([*TITLES, *PRESS_TITLES])})"
)
# Of _EXCLUSIVE, _REPRINT, _PERMISSION, which may begin in one clause and end in the next, and _WHOSE.
_SIGN = re.compile(r"独家|转[载发自]|授|观点|立场|看法|意见|关注观察者网")
_SIGNED = re.compile(
    r"(?:作者|译者|翻译|编译|校对|整理|采访|撰文|记者|编辑|文|译)[：:/／]?(.{2,40})"
)


def is_possible(text: str) -> bool:
    """Whether a text has one of the words without which no clause decides; most have none.

    >>> is_possible("那天下雨。"), is_possible("未经授权")
    (False, True)
    """
    return _SIGN.search(text) is not None


def parts(text: str) -> list[str]:
    """The clauses of a cleaned paragraph, without the brackets around them all.

    >>> parts("（本文转自 《甲，乙》，未经授权，不得转载。）")
    ['本文转自《甲，乙》', '未经授权', '不得转载']
    """
    text = text.rstrip("。 ")
    wrapped = _WRAPPED.fullmatch(text)
    text = (wrapped[1] if wrapped else text).rstrip("。 ")
    return _PART.findall(_LAST_TITLE.sub("", _GAP.sub("", text)))


def is_exclusive(clause: str) -> bool:
    """Whether a clause says that the piece is the site's own."""
    return _EXCLUSIVE.fullmatch(clause) is not None


def says_whose(clauses: list[str]) -> bool:
    """Whether the clauses are those of a notice, each of them."""
    first, *further = clauses
    if is_exclusive(first) or _REPRINT.fullmatch(first):
        return all(map(_is_known, further))
    if _PRINTED.fullmatch(first):
        permitted = _PERMISSION.search("".join(further)) is not None
        return permitted and all(map(_is_known, further))
    # A bare address or 未经授权 alone says nothing of the piece.
    about_it = any(_WHOSE.search(clause) or is_exclusive(clause) for clause in clauses)
    return about_it and all(_CLAUSE.fullmatch(each) or is_exclusive(each) for each in clauses)


def _is_known(clause: str) -> bool:
    """Whether a clause may follow the one that decides."""
    if _CLAUSE.fullmatch(clause) or _CREDIT.fullmatch(clause) or is_exclusive(clause):
        return True
    signed = _SIGNED.fullmatch(clause)
    people = read_names(signed[1]) if signed else None
    return bool(people) and all(one.certainty == SURE for one in people or [])
