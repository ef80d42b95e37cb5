"""The key of pseudonyms belongs to the archive; a reader who is forgotten is gone for good."""

from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from guancha.clock import stamp
from guancha.exceptions import DataDirectoryError, StoreError
from guancha.items import Comment, Headline, Outcome, Post, Snapshot, Thread
from guancha.pseudonyms import FILE, Pseudonyms
from guancha.store.backup import backup
from guancha.store.comments import known
from guancha.store.forget import forget
from guancha.store.found import NEARBY
from guancha.store.restore import restore
from guancha.store.schema import comments, posts
from guancha.store.store import Store
from guancha.store.transaction import Transaction
from tests.store.conftest import NOW, Opened

PLAIN = {"1": "700001", "2": "700002"}


def fill(store: Store, *, plain: bool = False) -> Pseudonyms:
    """Two readers: two comments and a post of the first, a comment of the second."""
    pseudonyms = store.readers().pseudonyms
    name = {key: number if plain else pseudonyms.of("id", number) for key, number in PLAIN.items()}
    day = stamp(NOW)
    with store.engine.begin() as connection:
        transaction = Transaction(connection, NOW, 5)
        for number, reader in (("11", "1"), ("12", "2"), ("13", "1")):
            row = {"comment_id": number, "article_id": "9", "reader": name[reader], "revision": 1}
            connection.execute(insert(comments).values(**row, first_crawled=day, shown="{}"))
            comment = Comment(comment_id=number, article_id="9", doc_id="9", text=f"话{number}")
            comment.reader_id, comment.date_crawled = name[reader], day
            transaction.write(comment)
        headline = Headline(box="hot_comments", rank=1, title="话11", url="u", comment_id="11")
        headline.date_crawled = day
        transaction.write(headline)
        row = {"post_id": "5", "state": "alive", "writer": name["1"], "revision": 1}
        connection.execute(insert(posts).values(**row))
        post = Post(post_id="5", url="u", title="帖", author_id=name["1"], date_crawled=day)
        transaction.write(post)
        stub = Outcome(article_id="8", url="stub", kind="stub", post_id="5", date_crawled=day)
        transaction.write(stub)
    store.projection.append(transaction.added)
    return pseudonyms


def words(root: Path) -> str:
    return "".join(path.read_text("utf-8") for path in sorted(root.rglob("*.jsonl")))


@pytest.mark.parametrize(
    ("plain", "named"), [(False, "number"), (False, "pseudonym"), (True, "number")]
)
def test_a_reader_is_forgotten(
    url: str | None, tmp_path: Path, opened: Opened, plain: bool, named: str
) -> None:
    store = opened()
    pseudonyms, root = fill(store, plain=plain), tmp_path / "data"
    store.close()
    hidden = pseudonyms.of("id", PLAIN["1"])
    done = forget(url, root, PLAIN["1"] if named == "number" else hidden, NOW)

    assert (done.comments, done.posts) == (2, 1)
    left = words(root)
    assert "话12" in left
    assert '"url": "stub"' in left
    assert not [gone for gone in ("话11", "话13", "帖", PLAIN["1"], hidden) if gone in left]
    store = opened()
    assert hidden in store.readers().forgotten
    with store.engine.connect() as connection:
        left = select(comments.c.comment_id).where(comments.c.revision > 0)
        assert list(connection.scalars(left)) == ["12"]
        assert hidden not in connection.scalars(select(comments.c.reader)).all()
        assert list(connection.scalars(select(posts.c.state))) == ["erased"]
    store.close()
    again = forget(url, root, hidden, NOW)
    assert (again.comments, again.posts) == (0, 0)


def test_what_is_erased_does_not_come_back(url: str | None, tmp_path: Path, opened: Opened) -> None:
    store = opened()
    fill(store)
    store.close()
    root, day = tmp_path / "data", stamp(NOW)
    forget(url, root, PLAIN["1"], NOW)
    # As a page that hides its readers would show them.
    again = [
        Comment(comment_id=number, article_id="9", doc_id="9", text=f"话{number}", date_crawled=day)
        for number in ("11", "13", "14")
    ]
    for comment in again:
        comment.date_first_crawled = day
    entries = [
        Headline(box="hot_comments", rank=1, title="话11", url="u", comment_id="11"),
        Headline(box="hot_posts", rank=1, title="帖", url="u", post_id="5"),
        Headline(box="hot", rank=1, title="新闻", url="u", article_id="9"),
    ]
    for entry in entries:
        entry.date_crawled = day
    store = opened()
    store.commit(Thread("9", again), NOW)
    store.commit(Snapshot(day, entries), NOW)

    left = words(root)
    assert "话14" in left
    assert "新闻" in left
    assert not [gone for gone in ("话11", "话13", "帖") if gone in left]
    assert store.read(known, ["11"]) == {"11"}


def test_records_of_both_kinds_are_found_by_either_name(
    url: str | None, tmp_path: Path, opened: Opened
) -> None:
    store = opened()
    pseudonyms = fill(store, plain=True)
    with store.engine.begin() as connection:
        hidden = update(comments).where(comments.c.comment_id == "13")
        connection.execute(hidden.values(reader=pseudonyms.of("id", PLAIN["1"])))
    store.close()

    done = forget(url, tmp_path / "data", pseudonyms.of("id", PLAIN["1"]), NOW)
    assert (done.comments, done.posts) == (2, 1)
    assert PLAIN["1"] not in words(tmp_path / "data")


def test_a_backup_without_the_key_says_so(
    url: str | None, tmp_path: Path, opened: Opened, caplog: pytest.LogCaptureFixture
) -> None:
    store = opened()
    fill(store)
    store.close()
    (tmp_path / "data" / FILE).unlink()
    made = backup(url, tmp_path / "data", tmp_path / "backups", NOW, lambda _, __: None)

    assert "the backup is without it" in caplog.text
    assert not (made / FILE).exists()


def test_a_backup_is_not_restored_beside_another_key(
    url: str | None, tmp_path: Path, opened: Opened
) -> None:
    store = opened()
    fill(store)
    store.close()
    made = backup(url, tmp_path / "data", tmp_path / "backups", NOW, lambda _, __: None)
    (tmp_path / "restored").mkdir()
    Pseudonyms.make(tmp_path / "restored")

    with pytest.raises(DataDirectoryError, match="another key"):
        list(restore(made, None, tmp_path / "restored", lambda _, __: None))


def test_another_key_is_refused(url: str | None, tmp_path: Path, opened: Opened) -> None:
    path = tmp_path / "data" / FILE
    opened().readers()
    path.unlink()
    with pytest.raises(StoreError, match="reader-key is lost"):
        opened().readers()
    assert not path.exists()
    Pseudonyms.make(path.parent)
    with pytest.raises(StoreError, match="is not the key"):
        opened().readers()


def test_a_backup_brings_the_key_along(url: str | None, tmp_path: Path, opened: Opened) -> None:
    store = opened()
    pseudonyms = fill(store)
    store.close()
    made = backup(url, tmp_path / "data", tmp_path / "backups", NOW, lambda _, __: None)
    list(restore(made, None, tmp_path / "restored", lambda _, __: None))

    restored = Store(None, tmp_path / "restored")
    assert restored.readers().pseudonyms.fingerprint == pseudonyms.fingerprint
    restored.close()
    assert words(tmp_path / "restored") == words(tmp_path / "data")


def test_a_post_of_one_who_is_forgotten_is_never_asked_for_again(opened: Opened) -> None:
    store = opened()
    store.admit_posts(["7"], NOW, NEARBY)
    erased = Outcome(stream="posts", post_id="7", url="u", kind="erased", date_crawled=stamp(NOW))
    store.commit(erased, NOW)

    assert store.admit_posts(["7"], NOW, NEARBY).wanted == []
    assert words(store.projection.root) == ""
