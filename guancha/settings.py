"""Composition root: real objects, and one reason for each deviation from Scrapy's default."""

import os
import socket

from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware

from guancha import __version__
from guancha.extensions.disk import Disk
from guancha.extensions.patience import Patience
from guancha.extensions.politeness import Politeness
from guancha.extensions.robots import RobotsTxt
from guancha.extensions.storage import Storage
from guancha.pipelines.commit import Commit
from guancha.pipelines.deduplicate import Deduplicate
from guancha.pipelines.validate import Validate

BOT_NAME = "guancha"
SPIDER_MODULES = ["guancha.spiders"]
COMMANDS_MODULE = "guancha.commands"

# Ours
CONTACT = os.environ.get("GUANCHA_CONTACT") or f"postmaster@{socket.gethostname()}"
DATA_DIR = os.environ.get("GUANCHA_DATA", "data")
STORE_URL = os.environ.get("GUANCHA_STORE_URL")  # None: SQLite in the data directory
JOB = os.environ.get("GUANCHA_JOB")  # of the schedule, that a run is for; the ledger notes it
STORE_PATIENCE = 60  # seconds to wait for a database server that is away; then the run is stopped
MAX_TRIES = 5  # runs that may fail to get an article, before it is given up with an error outcome
MOST_QUEUED = 1000  # requests in memory; more articles wait in the store until these are asked for
RECHECK_SHARE = 0.5  # part of a run's requests that may go to young articles known already
AUDIT_SHARE = 0.01  # part of the older articles that each run looks at besides: for late edits
AUDIT_MOST = 500  # of them, however many there are: about eight minutes of a run
DISK_RESERVE = (
    1 << 30
)  # bytes that stay free: for commits, files made anew, and the rest of the machine
DISK_BUDGET = None  # bytes that the data directory may take; None: as many as there are
REFUSALS_TO_STOP = 10  # refusals, challenges and failures, less half the successes: see Patience

# Who we are: a site that only serves browsers must still be able to find and write to us
USER_AGENT = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 "
    f"Safari/537.36 guancha/{__version__} (+mailto:{CONTACT})"
)
ROBOTSTXT_USER_AGENT = "guancha"  # robots.txt addresses products, not browsers
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",  # Scrapy asks for English
    "Cache-Control": "max-age=0",  # a proxy on the way must not hide new articles
}

# Polite: one request a second a host, slower when the site is slow or says so
ROBOTSTXT_OBEY = True  # off by default
DOWNLOAD_DELAY = 1.0  # no delay by default
DOWNLOAD_DELAY_JITTER = 0  # the default goes down to half the delay, below what robots.txt asks
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # eight by default
CONCURRENT_REQUESTS = 1  # sixteen by default: fifteen would stand in line, and go out after a stop
AUTOTHROTTLE_ENABLED = True  # off by default
AUTOTHROTTLE_START_DELAY = 1.0  # starts at five seconds by default
META_COPY_WARN_SKIP_KEYS = ["retry_times"]  # counts on where a callback asks again, as it must
RETRY_TIMES = 3  # a long crawl meets more passing faults than the two of the default forgive

# Safe: whatever answers is bounded, verified, and can't steer us
DOWNLOAD_VERIFY_CERTIFICATES = True  # off by default
DOWNLOAD_TIMEOUT = 60  # three minutes by default, for pages of 350 KB at the most
DOWNLOAD_MAXSIZE = 8 * 1024 * 1024  # 1 GiB by default; of what a compressed answer unpacks to, too
DOWNLOAD_WARNSIZE = 2 * 1024 * 1024  # far above any page seen
METAREFRESH_ENABLED = False  # a page's own mark-up may not send us elsewhere
COOKIES_ENABLED = False  # nothing here needs to be recognised
TELNETCONSOLE_ENABLED = False  # on by default
REMOTE_CONTROL_ENABLED = False  # on by default: it runs any code it is sent
URLLENGTH_LIMIT = 2048  # as urls.MAX_LENGTH

FEED_EXPORT_ENCODING = "utf-8"  # where somebody adds -O FILE: Chinese instead of \u escapes
ITEM_PIPELINES = {Validate: 100, Deduplicate: 200, Commit: 900}
EXTENSIONS = {
    Storage: 0,  # before all that may use it
    Disk: 10,  # behind it: when the data directory is there
    Politeness: 100,  # after AutoThrottle: what the site asks for has the last word
}
DOWNLOADER_MIDDLEWARES = {
    RobotsTxtMiddleware: None,  # takes a robots.txt that fails for a yes
    RobotsTxt: 100,  # where the other stood
    Patience: 950,  # next to the network: sees what is retried too
}

LOG_VERSIONS: list[str] = []  # a dozen lines that drown a one-line error
LOG_LEVEL = "INFO"  # DEBUG prints every record in full
LOG_FORMAT = "%(asctime)s %(levelname)-8s %(message)s"  # without the name of Scrapy's own modules
