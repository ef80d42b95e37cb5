"""What a command says, where nobody may hear it."""

import os
import sys


def flush() -> None:
    """Leaves nothing unsaid in a terminal that is gone: Python would exit with a code of its own."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
