"""What tells a caption from a paragraph where the mark-up does not."""

import re

from guancha.processors.names import LIKELY, POSSIBLE, SURE, certainty, read_names

MAX_LENGTH = 80
"""A centred line longer than this is text."""

_EDGE = r"(?:^|(?<=[\s，,。；;：:、（(【\[|｜”》]))"
_SHOT = r"(?:资料图片?|资料照片?|截图|截屏)"
# Not every word that ends in 图: 蓝图, 企图 and 路线图 close sentences.
_DRAWING = r"(?:示意|效果|概念|卫星|走势|变化|对比|分布|曲线|统计|流程)图"
# 企图自保 and 蓝图源于 speak of no picture.
_PICTURE = r"(?<![蓝版企意试力地妄贪宏雄鸿希良只唯惟光谋徐])图"
_END = r"[）)】\]。]*$"
_CREDIT = re.compile(
    # The picture's kind, at the end or as a label.
    rf"(?:{_SHOT}|{_DRAWING}){_END}|(?:^(?:视频|网页|网络|新闻)?|(?<=[\s（(])){_SHOT}[\s：:，,/／（(]"
    # Where it is from.
    rf"|{_PICTURE}(?:片?来?自(?![己从古我此])|片?源[自于]?|来源[自于]?)[^。！？；]{{1,40}}{_END}"
    rf"|^图(?:片?来?自(?![己从古我此])|片?来?源[：:自于\s])|(?:图片?|视频|数据)来源\s?(?:[：:/／]|见)"
    rf"|{_PICTURE}片?\s?[/／]|{_EDGE}(?:本文|题|配|头|组|首)?图片?\s?[：:|｜丨]|{_EDGE}摄影\s?[：:/／]"
    # Whose it is, in brackets or not.
    r"|[（(](?:资料|视频|配|题)?图(?:片|源|自)?[\s，,、|｜][^（()）]{1,30}[）)]$"
    r"|[（(][^（()）]{0,20}(?:[社网报台]|中国|网络)图片?[）)]$|[（(](?:图文无关|[^（()）]{0,8}图片[^（()）]{0,16})[）)]$"
    rf"|(?<!提)供图{_END}"
)
_TAKEN_BY = re.compile(
    rf"(?P<who>[^\s，,。；;！？：:（()）/／]{{2,24}})(?P<gap>\s?[/／]?\s?)(?<!拍)摄{_END}"
)
_EDITOR = re.compile(
    r"[（(【\[]?\s*责任编辑\s*[：:]\s*(?P<names>[^）)】\]]{0,40}?)\s*[）)】\]]?。?\s*"
)
_BETWEEN_NAMES = re.compile(r"\s*[\s、，,;；/／&＆]\s*")
_MAX_PEN_NAME = 3


def is_credited(text: str) -> bool:
    """Whether a short line ends or begins like a caption: with where its picture is from.

    >>> is_credited("会场外的队伍 资料图"), is_credited("图自某社"), is_credited("队伍 张三 摄")
    (True, True, True)
    >>> is_credited("他说，图纸已经完成。"), is_credited("绘就新蓝图"), is_credited("他们企图自保")
    (False, False, False)
    """
    if len(text) > MAX_LENGTH:
        return False
    return _CREDIT.search(text) is not None or _names_photographer(text)


def is_editor_line(text: str) -> bool:
    """Whether a line of the body only repeats who edited it: one name or two, if any.

    >>> is_editor_line("（责任编辑：某某）"), is_editor_line("责任编辑制度改变了。")
    (True, False)
    >>> is_editor_line("责任编辑：张三、李四"), is_editor_line("责任编辑：张三认为事情没有完")
    (True, False)
    """
    match = _EDITOR.fullmatch(text) if len(text) <= MAX_LENGTH else None
    if match is None:
        return False
    names = match["names"]
    if not names or _is_name(names):
        return True
    both = _BETWEEN_NAMES.split(names)
    return len(both) == 2 and all(map(_is_name, both))


def _names_photographer(text: str) -> bool:
    """Whether a line ends in a name and 摄; what is glued to it must be sure."""
    match = _TAKEN_BY.search(text)
    people = read_names(match["who"]) if match else None
    needed = POSSIBLE if match and match["gap"] else SURE
    return bool(people) and all(one.certainty >= needed for one in people or [])


def _is_name(word: str) -> bool:
    sure = certainty(word)
    return sure >= LIKELY or (sure == POSSIBLE and (word.isascii() or len(word) <= _MAX_PEN_NAME))
