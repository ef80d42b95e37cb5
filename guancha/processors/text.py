"""Plain strings: white space, labels, counts, and the notices that surround a body."""

import re
from decimal import Decimal

_NUMBER = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]+)?\s*([万亿]?)")
_UNITS = {"": 1, "万": 10_000, "亿": 100_000_000}
_MAX_NUMBER_LENGTH = 15

_MAX_NOTICE_LENGTH = 200
_WRAPPED = re.compile(r"[（(【\[](.*)[）)】\]]")
_CLAUSE_END = re.compile(r"[，,。；;！!\s]+")
_EXCLUSIVE = re.compile(
    r"(?:本文[系为是][^系为是]{0,12}|观察者网|本网)独家(?:稿件|文章|专稿|作品|内容|译稿|稿)"
)
# What a reprint line goes on to say (a journal, an account, a headline) is free: its start decides.
_REPRINT = re.compile(r"(?:本文|文章)(?:经授权|授权)?(?:转载?自|转载于)")
_CREDIT = re.compile(r"(?:本文|文章|原文)(?:系|最初|首先)?(?:原载|原刊|首发|刊载|刊登|发表)[于在]")
_PERMISSION = re.compile(r"授权.{0,12}(?:转载|发布|发表|刊发)")
# Every clause of any other notice is one of these; a paragraph that speaks of 转载 has others.
_WHOSE = re.compile(r"转[载发]|观点|立场|看法|意见|关注观察者网")
_OPINION = r"(?:观点|立场|看法|意见)"
_ALLOWED = r"(?:授权许可|授权|许可|允许|同意)"
_BARRED = r"(?:不得|请勿|禁止|严禁|谢绝)"
_CLAUSE = re.compile(
    rf"(?:本文|文章|文中)?(?:内容|观点)?(?:[仅只]?代表|纯属|[仅只]?[系为])作者(?:本人|个人)?的?"
    rf"{_OPINION}"
    rf"|(?:并?不|不一定)代表(?:平台|本网|本站|本平台|观察者网)的?{_OPINION}"
    rf"|如?未经.{{0,12}}?{_ALLOWED}(?:{_BARRED}转载)?"
    rf"|(?:一律|任何.{{0,12}})?{_BARRED}(?:以任何.{{1,6}})?(?:擅自|随意|私自)?转载(?:或.{{1,8}})?"
    r"|(?:否则|违者)(?:将|必)?(?:依法)?(?:追究.{0,8}|必究)"
    r"|(?:欢迎)?关注观察者网(?:官方)?微信.{0,24}|每日阅读趣味文章"
    r"|本文[系为是]观察者网独家(?:报道|专访|首发|授权)"
    r"|如需转载|请联系.{0,12}|请支持独立网站|https?://[!-~]+"
    r"|(?:欢迎|如需)?转[载发](?:请|须|需|时请|务请)?(?:注明|标明|联系)"
    r"(?:本文|文章|原文)?(?:链接|出处|来源|作者|本网|授权|观察者网|后台|我们)*(?:[：:].*)?"
)


def clean(value: str) -> str:
    """Every run of white space as one space, the ends stripped, nothing else changed.

    White space is what ``str.split`` takes for it: NBSP, U+3000 and line ends among it. Zero-width
    characters (U+200B, U+FEFF) are no white space: they stay where the site put them.

    >>> clean("  观察者网\\u3000 \\n讯\\xa0")
    '观察者网 讯'
    """
    return " ".join(value.split())


def strip_label(value: str, *labels: str) -> str | None:
    """What follows the first of ``labels`` and its colon, full-width or not.

    None where no label is there, or nothing after it.

    >>> strip_label("来源：观察者网", "来源")
    '观察者网'
    >>> strip_label("责任编辑 : 小明", "来源", "责任编辑")
    '小明'
    >>> strip_label("来源不明：某处", "来源") is None
    True
    """
    text = clean(value)
    for label in labels:
        rest = text.removeprefix(label).lstrip() if text.startswith(label) else ""
        if rest.startswith(("：", ":")):
            return rest[1:].strip() or None
    return None


def integer(value: str) -> int | None:
    """The first number of a counter, 万 (ten thousand) and 亿 (a hundred million) multiplied out.

    None where there is none, where it has a fraction without a unit, or more than 15 digits.
    A fraction of one that the unit leaves over is cut off.

    >>> integer("评论 682"), integer("1,234"), integer("阅读 3.5万")
    (682, 1234, 35000)
    >>> integer("评论") is None
    True
    """
    match = _NUMBER.search(value)
    if match is None or len(match[0]) > _MAX_NUMBER_LENGTH:
        return None
    whole, fraction, unit = match.groups(default="")
    if fraction and not unit:
        return None
    return int(Decimal(whole.replace(",", "") + fraction) * _UNITS[unit])


def is_notice(text: str) -> bool:
    """Whether a paragraph only says whose the piece is: exclusive, reprint and disclaimer lines.

    Up to 200 characters. Notes on how the text came about (速记整理, 译者注) are text.

    >>> is_notice("本文系观察者网独家稿件，未经授权，不得转载。")
    True
    >>> is_notice("本文将讨论转载的规矩。"), is_notice("（本文根据现场速记整理，未经演讲者审定。）")
    (False, False)
    """
    if len(text) > _MAX_NOTICE_LENGTH:
        return False
    clauses = _clauses(text)
    if not clauses:
        return False
    if _EXCLUSIVE.fullmatch(clauses[0]) or _REPRINT.match(clauses[0]):
        return True
    if _CREDIT.match(clauses[0]):
        return _PERMISSION.search("".join(clauses[1:])) is not None
    # A bare address or 未经授权 alone says nothing of the piece.
    return _WHOSE.search(text) is not None and all(map(_CLAUSE.fullmatch, clauses))


def is_exclusive(text: str) -> bool:
    """Whether a paragraph is the notice that the piece is the site's own (独家稿件).

    >>> is_exclusive("本文系观察者网独家稿件，未经授权，不得转载。"), is_exclusive("转载请注明出处")
    (True, False)
    """
    return is_notice(text) and any(_EXCLUSIVE.fullmatch(clause) for clause in _clauses(text))


def _clauses(text: str) -> list[str]:
    """The clauses between commas, full stops and spaces, without the brackets around them all."""
    text = clean(text)
    wrapped = _WRAPPED.fullmatch(text)
    return [clause for clause in _CLAUSE_END.split(wrapped[1] if wrapped else text) if clause]
