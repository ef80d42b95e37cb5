"""What tells a caption from a paragraph where the mark-up does not."""

import re

MAX_LENGTH = 80
"""A centred line longer than this is text."""

_CREDIT = re.compile(
    r"(?:资料|视频)?(?:截图|图片?)(?:自|源|来源|片来源|[：:/／]|$)|^(?:资料图|视频截图|截图)"
    r"|(?:图片?|视频|数据)来源[：:]|[（(][^（()）]{0,20}图[^（()）]{0,20}[)）]$|(?:摄|供图)[）)]?$"
)


def is_credited(text: str) -> bool:
    """Whether a short line ends or begins like a caption: with where its picture is from.

    >>> is_credited("会场外的队伍 资料图"), is_credited("图自某社"), is_credited("他说，图纸已经完成。")
    (True, True, False)
    """
    return len(text) <= MAX_LENGTH and _CREDIT.search(text) is not None


def is_editor_line(text: str) -> bool:
    """Whether a line of the body only repeats who edited it.

    >>> is_editor_line("（责任编辑：某某）"), is_editor_line("责任编辑制度改变了。")
    (True, False)
    """
    return re.fullmatch(r"[（(【\[]?\s*责任编辑\s*[：:][^。！？]{0,30}", text) is not None
