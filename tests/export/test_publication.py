"""A file and its manifest: both or neither, whoever else is there."""

import hashlib
import threading
from pathlib import Path

import pytest

from guancha.export.publication import Publication, manifest_path


def publish(path: Path, content: bytes) -> None:
    with Publication(path) as publication:
        publication.file.write(content)
        publication.publish(hashlib.sha256(content).hexdigest().encode())


def fits(path: Path) -> bool:
    return manifest_path(path).read_text() == hashlib.sha256(path.read_bytes()).hexdigest()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_both_are_in_their_places_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "文章.jsonl"
    for content in (b"first", b"second"):
        publish(path, content)

        assert path.read_bytes() == content
        assert fits(path)
        assert names(tmp_path) == ["文章.jsonl", "文章.jsonl.manifest.json"]


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_without_publish_all_stays_as_it_was(tmp_path: Path, error: type[BaseException]) -> None:
    path = tmp_path / "a"
    publish(path, b"old")

    def stopped() -> None:
        with Publication(path) as publication:
            publication.file.write(b"new")
            raise error

    with pytest.raises(error):
        stopped()

    assert path.read_bytes() == b"old"
    assert fits(path)
    assert names(tmp_path) == ["a", "a.manifest.json"]


def test_a_second_one_is_refused_until_the_first_is_done(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with Publication(path) as first:
        with (
            pytest.raises(BlockingIOError, match="another export is writing it"),
            Publication(path),
        ):
            pass
        publish(tmp_path / "b", b"other")
        first.file.write(b"first")
        first.publish(hashlib.sha256(b"first").hexdigest().encode())
        with pytest.raises(BlockingIOError), Publication(path):
            pass

    assert path.read_bytes() == b"first"
    publish(path, b"second")
    assert fits(path)


def test_what_a_killed_one_left_is_taken_away(tmp_path: Path) -> None:
    for litter in (".a.part", ".a.lock", ".a.manifest.json.part"):
        (tmp_path / litter).write_bytes(b"litter")
    publish(tmp_path / "a", b"new")

    assert names(tmp_path) == ["a", "a.manifest.json"]


def test_a_link_in_the_way_leads_nowhere(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_bytes(b"precious")
    (tmp_path / ".a.part").symlink_to(other)
    publish(tmp_path / "a", b"new")
    assert other.read_bytes() == b"precious"

    (tmp_path / ".a.lock").symlink_to(other)
    with pytest.raises(OSError, match=r"\.a\.lock"):
        publish(tmp_path / "a", b"newer")
    assert (tmp_path / "a").read_bytes() == b"new"


def test_many_at_once_never_mix(tmp_path: Path) -> None:
    path = tmp_path / "a"
    done, refused, wrong = [], [], []

    def work(number: int) -> None:
        for turn in range(60):
            try:
                publish(path, b"%d-%d" % (number, turn) * 1000)
                done.append(turn)
            except BlockingIOError:
                refused.append(turn)
            except OSError as error:
                wrong.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not wrong
    assert len(done) + len(refused) == 240
    assert done
    assert fits(path)
    assert names(tmp_path) == ["a", "a.manifest.json"]
