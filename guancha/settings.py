"""Composition root: real objects, and one reason for each deviation from Scrapy's default."""

import os
import socket
from pathlib import Path

from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.extensions.logstats import LogStats
from scrapy.spidermiddlewares.depth import DepthMiddleware
from scrapy.spidermiddlewares.httperror import HttpErrorMiddleware
from scrapy.spidermiddlewares.metacopy import MetaCopyDetectionMiddleware
from scrapy.spidermiddlewares.urllength import UrlLengthMiddleware

from guancha import __version__
from guancha.extensions.archive import Archive
from guancha.extensions.browser import HttpsHandler
from guancha.extensions.disk import Disk
from guancha.extensions.ending import Ending
from guancha.extensions.faults import Faults
from guancha.extensions.metrics import Metrics
from guancha.extensions.patience import Patience
from guancha.extensions.politeness import Politeness
from guancha.extensions.progress import Progress
from guancha.extensions.report import Report
from guancha.extensions.robots import RobotsTxt
from guancha.extensions.storage import Storage
from guancha.pipelines.commit import Commit
from guancha.pipelines.deduplicate import Deduplicate
from guancha.pipelines.pseudonymise import Pseudonymise
from guancha.pipelines.validate import Validate

BOT_NAME = "guancha"
SPIDER_MODULES = ["guancha.spiders"]
COMMANDS_MODULE = "guancha.commands"

# Ours
CONTACT = os.environ.get("GUANCHA_CONTACT")  # None: a run begins with a warning
DATA_DIR = os.environ.get("GUANCHA_DATA", "data")
STORE_URL = os.environ.get("GUANCHA_STORE_URL")  # None: SQLite in the data directory
JOB = os.environ.get("GUANCHA_JOB")  # of the schedule, that a run is for; the ledger notes it
BROWSER = os.environ.get("GUANCHA_BROWSER")  # its program; None: found on the PATH
CHALLENGE_IN_BROWSER = True  # once for each page that a plain client is not shown, if there is one
RUN_REPORT = True  # a page for each run, below the data directory: whoever runs it wants to see it
REPORTS_KEPT = 500  # of the latest runs: some 30 MB
METRICS_DIR = os.environ.get("GUANCHA_METRICS")  # of node_exporter's text files; None: no metrics
JOBS_FILE = str(Path(__file__).parents[1] / "jobs.toml")  # the table of the schedule
JOB_GRACE = 90  # seconds for a job's crawl to end in: a request that is under way may take 60
STORE_PATIENCE = 60  # seconds to wait for a database server that is away; then the run is stopped
ARCHIVE_PAGES = True  # what the site serves for articles: better rules can be tried on it later
WARC_FILE_SIZE = (
    256 << 20
)  # bytes of a file of pages: some ten thousand, still quick to copy or read
MAX_TRIES = 5  # runs that may fail to get an article, before it is given up with an error outcome
MOST_QUEUED = 1000  # requests in memory; more articles wait in the store until these are asked for
RECHECK_SHARE = 0.5  # part of a run's requests that may go to young articles known already
AUDIT_SHARE = 0.01  # part of the older articles that each run looks at besides: for late edits
AUDIT_MOST = 500  # of them, however many there are: about eight minutes of a run
READERS_PLAIN = False  # True: readers' ids and names as the site shows them; mind the law
DISK_RESERVE = (
    1 << 30
)  # bytes that stay free: for commits, files made anew, and the rest of the machine
DISK_BUDGET = 0  # bytes that the data directory may take; 0: as many as there are
REFUSALS_TO_STOP = 10  # refusals, challenges and failures, less half the successes: see Patience

# What a run is expected to do; below that it is degraded, and far below it has failed
BASELINE_RUNS = (
    100  # so many runs of its like tell what is usual: four days, where one runs each hour
)
BASELINE_DAYS = 30  # none older than this: the site may look otherwise by then
FIELD_DROP = 0.5  # part of its usual share to which a field or rule may fall: days differ
FIELD_DROP_STEADY = 0.8  # of what nearly all articles have: there days don't differ
FIELD_FLOORS = {  # share of articles that have a field, before a run of its like: what any day has
    "title": 0.95,
    "date_published": 0.9,  # some print only 最后更新
    "doc_id": 0.9,
    "source": 0.6,
    "editor": 0.5,
    "paragraphs": 0.5,  # galleries and videos have none
    "related.kind.recommended": 0.5,
    "related.kind.headline": 0.5,
    "related.kind.hot": 0.5,
    "related.date_published": 0.5,
    "related.comment_count": 0.5,
    "related.topic": 0.2,
    "images": 0.2,
    "authors": 0.15,  # news of agencies name nobody
    "tags": 0.15,
    "related.kind.by_editor": 0.15,
    "images.caption": 0.1,
    "description": 0.1,
    "topic": 0.08,
    "authors.job_title": 0.08,  # of columnists only
    "related.kind.by_author": 0.08,
    "subheadings": 0.08,
    "notices": 0.08,
    "original_title": 0.03,  # of pieces taken over
    "date_modified": 0.03,
}
ARTICLES_LEAST = 0.5  # share of articles in the answers for them: half of them gone is no news
LISTINGS_LEAST = 0.7  # share of listings that offer an article: some may move or close
SHOWN_LEAST = 0.4  # share of a listing's articles where its templates expect them: home shows half
INCOMPLETE_MOST = 0.25  # share of split articles without some page: the next run asks again
STALE_DAYS = (
    3  # days without a new article, where there used to be some: a site or a proxy stands still
)
OUTCOMES_MOST = {  # share of the answers for articles
    "layout": 0.05,  # an odd page now and then is no redesign
    "challenge": 0.02,  # each has been asked for again before
    "error": 0.1,  # as well; a site that fails more ends the run
}
GONE_MOST = (
    0.15  # share of what is gone: links lead there, but more would soon be told as deletions
)

# Who we are: a site that only serves browsers must still be able to find and write to us
USER_AGENT = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 "
    f"Safari/537.36 guancha/{__version__} (+mailto:{CONTACT or f'postmaster@{socket.gethostname()}'})"
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
CONCURRENT_ITEMS = 1  # an answer has one; the default starts a hundred tasks for it
AUTOTHROTTLE_ENABLED = True  # off by default
AUTOTHROTTLE_START_DELAY = 1.0  # starts at five seconds by default
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

FEED_EXPORT_ENCODING = "utf-8"  # where somebody adds -O FILE: Chinese instead of \u escapes
ITEM_PIPELINES = {Validate: 100, Deduplicate: 200, Pseudonymise: 300, Commit: 900}
EXTENSIONS = {
    Storage: 0,  # before all that may use it
    Disk: 10,  # behind it: when the data directory is there
    Politeness: 100,  # after AutoThrottle: what the site asks for has the last word
    Faults: 0,
    Progress: 300,  # last: what the others say at the end goes above the display
    LogStats: None,  # Progress says more
    Report: 890,
    Metrics: 890,
    Ending: 900,  # it calls both
}
DOWNLOADER_MIDDLEWARES = {
    Archive: 50,  # next to the spider: sees what it sees, unpacked and not to be retried
    RobotsTxtMiddleware: None,  # takes a robots.txt that fails for a yes
    RobotsTxt: 100,  # where the other stood
    Patience: 950,  # next to the network: sees what is retried too
}
SPIDER_MIDDLEWARES = (
    dict.fromkeys(  # each is a layer around each answer, and these do nothing here:
        (
            HttpErrorMiddleware,  # each request takes every status
            UrlLengthMiddleware,  # urls.MAX_LENGTH holds for all that becomes a request
            DepthMiddleware,  # hops are counted by the frontier
            MetaCopyDetectionMiddleware,  # a hint for who writes a spider
        )
    )
)

DOWNLOAD_HANDLERS = {"https": HttpsHandler}  # Scrapy's own, and a browser for single requests

STATS_DUMP = False  # hundreds of lines; the ledger keeps them, and the last lines say what matters
LOG_VERSIONS: list[str] = []  # a dozen lines that drown a one-line error
LOG_LEVEL = "INFO"  # DEBUG prints every record in full
LOG_COLOR = False  # the colours on a terminal are ours; and Scrapy fails where stderr is closed
LOG_FORMAT = "%(asctime)s %(levelname)-8s %(message)s"  # without the name of Scrapy's own modules
