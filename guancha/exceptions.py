"""Every error of ours; each says who raises it, and when."""


class GuanchaError(Exception):
    """Whatever this project raises on purpose; its text names the thing, the value and what was expected."""


class ArgumentError(GuanchaError, ValueError):
    """Raised by ``arguments`` for a spider argument that is unknown or malformed."""


class UrlError(GuanchaError, ValueError):
    """Raised by ``urls`` for a text that is no URL, or no article of the site where one is demanded."""


class DateError(GuanchaError, ValueError):
    """Raised by ``processors.dates`` for a text that is no date in any form the site prints."""


class PageError(GuanchaError):
    """Raised by ``pages`` for an answer that cannot be read as a page at all: not HTML, not UTF-8, empty."""


class StoreError(GuanchaError):
    """Raised by ``store`` for a database that can't be used, or that is lost in the middle of a run."""


class BatchError(StoreError):
    """Raised by ``store`` where one of several answers can't be taken in; then none of them was."""


class DataDirectoryError(GuanchaError):
    """Raised by ``store`` for files that can't be written or don't belong."""


class ClaimError(GuanchaError):
    """Raised by ``sitecheck`` where a claim about the site can't be checked; its text says why."""


class UnservedError(ClaimError):
    """Raised by ``sitecheck`` where a request was refused, failed, or was not answered at all."""


class JobsError(GuanchaError):
    """Raised by ``jobs`` for a table of jobs that can't be used; a line for each error."""


class BrowserError(ArgumentError):
    """Raised by ``rendering`` and ``extensions`` for a browser that is not there or can't be started."""
