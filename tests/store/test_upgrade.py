"""Schema steps: from each older version to the tables of today, on each database."""

import json
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert, inspect, select, text

from guancha.exceptions import StoreError
from guancha.store import upgrade
from guancha.store.engine import open_engine
from guancha.store.schema import files, lines, metadata, stubs
from guancha.store.store import Store

STEPS = ("1", "2", "3", "4", "5")


def test_every_step_is_tested() -> None:
    steps = Path(__file__).parents[2].glob("guancha/store/steps/versions/step_*.py")

    assert sorted(path.stem for path in steps) == [f"step_{step}" for step in STEPS]


def test_a_step_has_the_name_of_its_file() -> None:
    known = [step.revision for step in ScriptDirectory(str(upgrade.STEPS)).walk_revisions()]

    assert upgrade.steps() == known == list(reversed(STEPS))


@pytest.mark.parametrize("step", STEPS)
def test_from_each_version_to_that_of_today(url: str | None, tmp_path: Path, step: str) -> None:
    engine = open_engine(url, tmp_path)
    with engine.begin() as connection:
        upgrade.upgrade(connection, step)
        connection.execute(
            text("INSERT INTO files (stream, day, size) VALUES ('articles', '2026-10-05', 3)")
        )
        connection.execute(
            insert(lines).values(stream="articles", day="2026-10-05", offset=0, content=b"{}\n")
        )
    with engine.begin() as connection:
        upgrade.upgrade(connection)
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        (file,) = connection.execute(select(files))
        assert (file.size, file.is_stale) == (3, False)
        assert connection.scalar(select(lines.c.content)) == b"{}\n"
    engine.dispose()


def test_stubs_of_before_lead_to_their_posts(url: str | None, tmp_path: Path) -> None:
    engine = open_engine(url, tmp_path)
    post = "https://user.guancha.cn/main/content?s=x&id={}"
    told = [
        ("1", "stub", post.format(11)),
        ("1", "stub", post.format(12)),
        ("2", "stub", "https://member.guancha.cn/post/view?id=13"),
        ("3", "offsite", post.format(14)),
        ("4", "stub", None),
    ]
    with engine.begin() as connection:
        upgrade.upgrade(connection, "4")
        for place, (article_id, kind, target) in enumerate(told):
            line = json.dumps({"article_id": article_id, "kind": kind, "target_url": target})
            connection.execute(
                text(
                    'INSERT INTO lines (stream, day, "offset", content) '
                    "VALUES ('outcomes', '2026-10-05', :place, :line)"
                ),
                {"place": place, "line": line.encode()},
            )
        upgrade.upgrade(connection)
        assert connection.execute(select(stubs)).all() == [("1", "12")]
    engine.dispose()


def test_a_store_of_a_newer_version_is_refused(url: str | None, tmp_path: Path) -> None:
    Store(url, tmp_path).close()
    engine = open_engine(url, tmp_path)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="newer version"):
        Store(url, tmp_path)


def test_a_step_that_fails_leaves_nothing(
    url: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("in the middle")

    monkeypatch.setattr("alembic.op.add_column", fail)
    with pytest.raises(RuntimeError):
        Store(url, tmp_path)
    engine = open_engine(url, tmp_path)
    assert inspect(engine).get_table_names() == []
    engine.dispose()
