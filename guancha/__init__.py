"""guancha: the crawler and archive of 观察者网 (guancha.cn)."""

__version__ = "0.1.0"

EXTRACTOR_VERSION = "1"
"""Version of the extraction rules; raised with every change of what a page yields."""
