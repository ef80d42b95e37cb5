"""The captures of an article, each once, with one note each."""

from pathlib import Path

from guancha.reparse.index import Found, Index, Told


def test_many_notes_on_one_record_are_one(tmp_path: Path) -> None:
    """Every capture has the same record id, as no sound file has it, and so has every note."""
    index, many = Index(tmp_path), 20_000
    captures = [Found("1", f"u{n}", "2026", b"", 0, n, "same") for n in range(many)]
    index.add(captures, [Told(0, "same", f"{n:05}") for n in range(many)])

    try:
        assert index.close_up() == (many, 1)
        found = index.captures("1")
    finally:
        index.close()

    # In square this would take until tomorrow.
    assert len(found) == many
    assert {each.note for each in found} == {"00000"}
