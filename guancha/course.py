"""How a run went on: counts in parts of equal length, however long it takes."""

MOST = 240
"""Parts; where there would be more, each becomes twice as long."""


class Course:
    """Counts of something over time.

    >>> course = Course()
    >>> for second in (0, 0.5, 2, 240):
    ...     course.add(second)
    >>> course.seconds, course.counts[:3], len(course.counts)
    (2, [2, 1, 0], 121)
    """

    def __init__(self) -> None:
        self.seconds = 1
        """How long a part is."""
        self.counts: list[int] = []

    def add(self, second: float) -> None:
        """Counts one at a second from the beginning."""
        while second >= MOST * self.seconds:
            self.seconds *= 2
            self.counts = [sum(self.counts[i : i + 2]) for i in range(0, len(self.counts), 2)]
        part = int(second // self.seconds)
        self.counts += [0] * (part + 1 - len(self.counts))
        self.counts[part] += 1
