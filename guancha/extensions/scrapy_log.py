"""What Scrapy logs around a run: at the level, and in the words, that fit who reads it."""

import logging
from contextlib import suppress
from typing import Any

from guancha import urls

LOGGERS = ("addons", "core.engine", "crawler", "middleware", "utils.log")
SETUP = ("Scrapy ", "Enabled ", "Overridden settings", "Spider opened")
"""How some seventy lines begin that are the same in each run."""
SIGNALS = {
    "Received %(signame)s, shutting down gracefully. Send again to force ": (
        "stopping (%(signame)s): what is under way is finished; again to stop at once"
    ),
    "Received %(signame)s twice, forcing unclean shutdown": (
        "stopping at once (%(signame)s): what was committed is kept"
    ),
}
"""Scrapy's words at a signal -> ours. Should Scrapy change its own, those are logged."""


def arrange() -> None:
    """Leaves the set-up to ``-L DEBUG``, and tells at a signal what happens.

    By filters, since Scrapy resets the levels of its loggers when it starts.
    """
    for name in LOGGERS:
        logging.getLogger(f"scrapy.{name}").addFilter(_arrange)
    make = logging.getLogRecordFactory()

    def made(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = make(*args, **kwargs)
        # Each item passes here whole, and at DEBUG alone anybody sees it.
        return _without_reader(record) if _is_shown(record) else record

    logging.setLogRecordFactory(made)


def _is_shown(record: logging.LogRecord) -> bool:
    return any(record.levelno >= handler.level for handler in logging.getLogger().handlers)


def _without_reader(record: logging.LogRecord) -> logging.LogRecord:
    """Wherever a line comes from: addresses of readers' pages hold their numbers."""
    said = f"{record.msg} {record.args}"
    # What can't be put together is for logging itself to tell of.
    with suppress(TypeError, ValueError, KeyError):
        if said != urls.without_reader(said):
            record.msg, record.args = urls.without_reader(record.getMessage()), ()
    return record


def _arrange(record: logging.LogRecord) -> bool:
    message = str(record.msg)
    if message.startswith(SETUP):
        _set_level(record, logging.DEBUG)
    elif message in SIGNALS:
        record.msg = SIGNALS[message]
        _set_level(record, logging.WARNING)
    return True


def _set_level(record: logging.LogRecord, level: int) -> None:
    record.levelno, record.levelname = level, logging.getLevelName(level)
