"""The body of an article as mark-up: indented in 2019, one long line since the change."""

from html import escape

from replica.blocks import (
    Block,
    Byline,
    Items,
    Notice,
    Paragraph,
    Picture,
    Player,
    Run,
    Subhead,
    Table,
)

GREYS = ("#999999", "#666666")


def text(words: str) -> str:
    """Words as text of an element."""
    return escape(words, quote=False)


def _run(run: Run) -> str:
    match run.style:
        case "strong":
            return f"<strong>{text(run.text)}</strong>"
        case "break":
            return "<br>"
        case "nbsp":
            return "&nbsp;"
        case "link":
            return f'<a href="{escape(run.href)}" target="_blank">{text(run.text)}</a>'
        case _:
            return text(run.text)


def _element(inner: str, old: bool, attributes: str = "", tag: str = "p") -> str:
    if old:
        return f"<{tag}{attributes}>\n\t{inner}\n</{tag}>\n"
    return f"<{tag}{attributes}>{inner}</{tag}>"


def _caption(caption: str | None, old: bool) -> str:
    if caption is None:
        return ""
    if not old and len(caption) % 2:
        return f'<p class="content-pic-desc">{text(caption)}</p>'
    grey = GREYS[len(caption) % 3 == 0]
    span = f'<span style="color:{grey};">{text(caption)}</span>'
    return _element(span, old, ' align="center"')


def _picture(picture: Picture, old: bool) -> str:
    src = escape(picture.src)
    match picture.form:
        case "bare":
            image = _element(f'<img src="{src}">', old, ' align="center"')
        case "bigimg":
            image = _element(f'<img src="{src}" title="点击查看大图" class="bigimg">', old)
        case _:
            tag = f'<img src="{src}" alt="" width="530">'
            image = _element(tag, old, ' class="content-pic-new"')
    return image + _caption(picture.caption, old)


def _player(player: Player, old: bool) -> str:
    frame = (
        f'<iframe name="videoiframe" src="{escape(player.url)}" scrolling="no" '
        'style="max-width:693px;" allowfullscreen="" width="90%" height="389" frameborder="0">'
        "</iframe>"
    )
    wrapped = _element(frame, old, ' align="center"') if player.wrapped else frame
    return wrapped + _caption(player.caption, old)


def _table(table: Table) -> str:
    rows = ("".join(f"<td>{text(cell)}</td>" for cell in row) for row in table.rows)
    return "<table><tbody>" + "".join(f"<tr>{row}</tr>\n" for row in rows) + "</tbody></table>\n"


def _items(items: Items) -> str:
    tag = "p" if items.tag == "blockquote" else "li"
    lines = "".join(f"<{tag}>{text(line)}</{tag}>\n" for line in items.lines)
    return f"<{items.tag}>\n{lines}</{items.tag}>\n"


def _paragraph(paragraph: Paragraph, old: bool) -> str:
    inner = paragraph.opening + "".join(map(_run, paragraph.runs))
    if paragraph.tag == "bare":
        return f"\n{inner}\n"
    return _element(inner, old, tag=paragraph.tag)


def _block(block: Block, old: bool) -> str:
    match block:
        case Paragraph():
            return _paragraph(block, old)
        case Subhead() | Notice():
            return _element(f"<strong>{text(block.text)}</strong>", old)
        case Byline():
            return _element(text(block.text), old)
        case Picture():
            return _picture(block, old)
        case Player():
            return _player(block, old)
        case Table():
            return _table(block)
        case Items():
            return _items(block)


def body_html(blocks: tuple[Block, ...], old: bool) -> str:
    """The inside of ``div.all-txt``."""
    return "".join(_block(block, old) for block in blocks)
