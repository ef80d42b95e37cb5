"""The blocks of the pages of a split piece, in one sequence."""

from collections.abc import Iterable, Sequence

from guancha.pages.blocks import Block


def joined(parts: Iterable[Sequence[Block]]) -> list[Block]:
    """The blocks of all parts in order, without what a part repeats of those before it."""
    found: list[Block] = []
    for part in parts:
        fresh = part
        while found and fresh and shown(fresh[0]) == shown(found[0]):
            fresh = fresh[1:]
        found += fresh[_overlap(found, fresh) :]
    return found


def shown(block: Block) -> tuple[str, tuple[str, ...]]:
    """What a reader sees of a block: two with the same are the same."""
    return block.text, tuple(media.url for media in block.media)


def _overlap(before: Sequence[Block], after: Sequence[Block]) -> int:
    """How many blocks at the end of one part open the next one again."""
    end, start = [*map(shown, before)], [*map(shown, after)]
    for length in range(min(len(end), len(start)), 0, -1):
        # The first alone tells nearly always; whole slices would take a long piece minutes.
        if end[-length] == start[0] and end[-length:] == start[:length]:
            return length
    return 0
