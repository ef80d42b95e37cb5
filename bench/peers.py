"""Other extractors of articles, each from the bytes of a page to all that it finds there.

Their pins stand in ``bench/requirements.txt``; one that can't be imported is left out with a word.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

Work = Callable[[bytes, str], object]
"""Extracts from the bytes of a page with its URL."""


def _trafilatura(module: Any) -> Work:
    return lambda body, url: module.bare_extraction(body, url=url, with_metadata=True)


def _newspaper(module: Any) -> Work:
    def read(body: bytes, url: str) -> None:
        article = module.Article(url, language="zh", fetch_images=False)
        article.download(input_html=body.decode())
        article.parse()

    return read


def _gne(module: Any) -> Work:
    return lambda body, _: module.GeneralNewsExtractor().extract(body.decode())


def _readability(module: Any) -> Work:
    def read(body: bytes, _: str) -> None:
        document = module.Document(body.decode())
        document.summary()
        document.title()

    return read


_PEERS: dict[str, tuple[str, Callable[[Any], Work]]] = {
    "trafilatura": ("trafilatura", _trafilatura),
    "newspaper4k": ("newspaper", _newspaper),
    "GNE": ("gne", _gne),
    "readability-lxml": ("readability", _readability),
}
"""Name -> its module, and how it is asked."""


def peers() -> Iterator[tuple[str, Work]]:
    """Those that are installed."""
    for name, (module, work) in _PEERS.items():
        try:
            yield name, work(import_module(module))
        except ImportError as error:
            print(f"{name} is left out: {error}; see bench/requirements.txt")
