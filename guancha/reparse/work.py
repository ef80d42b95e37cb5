"""What one process does."""

from collections.abc import Callable, Iterator

from guancha.reparse.finding import Finder
from guancha.reparse.reading import Reader
from guancha.reparse.tasks import FindIn, Order, Read, Rows, Task


class Worker:
    """Does the tasks of one process; ``at`` is told which file and place it looks at."""

    def __init__(self, order: Order, at: Callable[[int, int], None]) -> None:
        self._finder, self._reader = Finder(order, at), Reader(order, at)

    def do(self, task: Task) -> Iterator[Rows | Read]:
        """Yields what comes of it, piece by piece."""
        if isinstance(task, FindIn):
            yield from self._finder.find(task)
            return
        for article_id, places in task.articles:
            yield self._reader.read(article_id, places)
