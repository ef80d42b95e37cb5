"""The scripts of the pages: they fill, in a browser alone, what is empty as served."""

from pathlib import Path


def _inline(name: str) -> str:
    return f"<script>\n{Path(__file__).with_name(name).read_text('utf-8')}</script>\n"


THREAD = _inline("thread.js")
"""Draws the comments below an article, and its counts."""
HOME = _inline("home.js")
"""Fills the boxes of the home page."""
