"""Runs ``scrapy``, and says when pages are forced onto the disk, and when the lock of their folder is let go.

``python -m tests.extensions.closing sound|broken …``: a broken disk fails when it is forced.
"""

import errno
import os
import sys

from scrapy.cmdline import execute

from guancha.store.identity import Lock

FORCED, LET_GO = "pages are on the disk", "the lock is let go"


def watch(*, is_broken: bool) -> None:
    fsync, release = os.fsync, Lock.release

    def forced(descriptor: int) -> None:
        if os.readlink(f"/proc/self/fd/{descriptor}").endswith(".warc.gz"):
            if is_broken:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            print(FORCED, flush=True)
        fsync(descriptor)

    def released(lock: Lock) -> None:
        print(LET_GO, flush=True)
        release(lock)

    os.fsync = forced
    Lock.release = released  # type: ignore[method-assign]


if __name__ == "__main__":
    watch(is_broken=sys.argv[1] == "broken")
    execute(["scrapy", *sys.argv[2:]])
