"""A command: opens pages in a real browser, and prints what an expression finds on each, as JSON.

``python replica_browser.py BROWSER URL EXPRESSION [URL EXPRESSION …]``: an expression is JavaScript that
is asked again and again until it gives something other than null.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from typing import Any

TURNS, PAUSE = 400, 0.05
"""How often an expression is asked, and the seconds in between."""


class Pipe:
    """The browser's own protocol, over its third and fourth file."""

    def __init__(self, browser: str, profile: str) -> None:
        (read, self._send), (self._answers, write) = os.pipe(), os.pipe()
        flags = ("--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}")
        line = ("sh", "-c", f'exec "$@" 3<&{read} 4>&{write}', "sh", browser, *flags)
        self.process = subprocess.Popen(
            (*line, "--remote-debugging-pipe"), pass_fds=(read, write), stderr=subprocess.DEVNULL
        )
        os.close(read)
        os.close(write)
        self._rest, self._last = b"", 0

    def ask(self, method: str, session: str | None = None, **parameters: object) -> Any:
        self._last += 1
        said = {"id": self._last, "method": method, "params": parameters}
        os.write(
            self._send,
            json.dumps(said | ({"sessionId": session} if session else {})).encode() + b"\0",
        )
        while True:
            while b"\0" not in self._rest:
                if not (more := os.read(self._answers, 65536)):
                    raise EOFError("the browser is gone")
                self._rest += more
            line, _, self._rest = self._rest.partition(b"\0")
            answer = json.loads(line)
            if answer.get("id") == self._last:
                return answer.get("result", {})


def found(pipe: Pipe, url: str, expression: str) -> Any:
    target = pipe.ask("Target.createTarget", url="about:blank")["targetId"]
    session = pipe.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    pipe.ask("Page.navigate", session, url=url)
    for _ in range(TURNS):
        # While a page gives way to the next there is nobody to answer.
        result = pipe.ask("Runtime.evaluate", session, expression=expression, returnByValue=True)
        if (value := result.get("result", {}).get("value")) is not None:
            return value
        time.sleep(PAUSE)
    raise TimeoutError(f"nothing found on {url}")


def main(browser: str, *pairs: str) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        pipe = Pipe(browser, profile)
        try:
            asked = zip(pairs[::2], pairs[1::2], strict=True)
            print(json.dumps([found(pipe, *pair) for pair in asked]))
        finally:
            pipe.process.terminate()
            pipe.process.wait(20)


if __name__ == "__main__":
    main(*sys.argv[1:])
