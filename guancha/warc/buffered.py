"""A section of a WARC file, read by lines and lengths."""

from guancha.warc.sections import Section


class Buffered:
    """Holds no more of the section than is asked for, and a chunk."""

    def __init__(self, section: Section) -> None:
        self.section = section
        self.at = 0
        """Where we stand, in unpacked bytes from the section's beginning."""
        self._held = bytearray()

    def peek(self, size: int) -> bytes:
        """The next bytes, which are not taken; fewer at the end."""
        self._hold(size)
        return bytes(self._held[:size])

    def take(self, size: int) -> bytes:
        """Takes the next bytes; fewer at the end."""
        self._hold(size)
        taken = bytes(self._held[:size])
        self._drop(len(taken))
        return taken

    def skip(self, size: int) -> int:
        """Passes over bytes; returns how many there were."""
        left = size
        while left and self.peek(1):
            step = min(left, len(self._held))
            self._drop(step)
            left -= step
        return size - left

    def look(self, ahead: int, size: int) -> bytes | None:
        """What stands so many bytes ahead, and is not taken; None where there are not as many."""
        self._hold(ahead + size)
        return bytes(self._held[ahead : ahead + size]) if len(self._held) >= ahead else None

    def skip_blank(self) -> bool:
        """Passes over ends of lines; whether anything stands behind them."""
        while found := self.peek(1):
            if found not in b"\r\n":
                return True
            self._drop(1)
        return False

    def head(self, most: int) -> bytes | None:
        """Takes what stands before the next blank line, and it; None where there is none within ``most``."""
        size = 1024
        while True:
            seen = self.peek(min(size, most))
            ends = [at + len(end) for end in (b"\r\n\r\n", b"\n\n") if (at := seen.find(end)) >= 0]
            if ends:
                return self.take(min(ends))
            if len(seen) < size:
                return None
            size *= 4

    def find_line(self, opening: bytes) -> bool:
        """Passes on to the next line that begins so; whether there is one."""
        wanted = b"\n" + opening
        while seen := self.peek(1 << 16):
            at = seen.find(wanted)
            if at >= 0:
                self._drop(at + 1)
                return True
            if len(seen) < len(wanted):
                break
            self._drop(len(seen) - len(wanted) + 1)
        return False

    def pass_to_last(self, opening: bytes, most: int) -> None:
        """Passes over what the next bytes hold, up to the last of their lines that begins so."""
        wanted, seen = b"\n" + opening, self.peek(most)
        at = seen.rfind(wanted)
        self._drop(at if at >= 0 else max(0, len(seen) - len(wanted) + 1))

    def _hold(self, size: int) -> None:
        while len(self._held) < size and (more := self.section.chunk()):
            self._held += more

    def _drop(self, size: int) -> None:
        del self._held[:size]
        self.at += size
