"""Brings a database to the schema of today, step by step."""

import logging
from pathlib import Path

from sqlalchemy import Connection, column, inspect, select, table

from guancha.exceptions import StoreError

# It tells of each connection, and of each step of a new database.
logging.getLogger("alembic").setLevel(logging.WARNING)

STEPS = Path(__file__).with_name("steps")
_NAME = "step_"
_TAKEN = table("alembic_version", column("version_num"))


def steps() -> list[str]:
    """The names of all steps, the newest first; each stands in a file of its name."""
    found = (STEPS / "versions").glob(f"{_NAME}*.py")
    return sorted((path.stem.removeprefix(_NAME) for path in found), key=int, reverse=True)


def current(connection: Connection) -> str | None:
    """The step at which a database is; None for an empty one."""
    if not inspect(connection).has_table(_TAKEN.name):
        return None
    return connection.scalar(select(_TAKEN.c.version_num))


def upgrade(connection: Connection, to: str | None = None) -> None:
    """Takes the steps that are missing; raises StoreError for a database of a newer version than ours."""
    to = to or steps()[0]
    if current(connection) == to:
        return
    # Here: most runs have nothing to upgrade, and it takes its time to load.
    from alembic import command
    from alembic.config import Config
    from alembic.util.exc import CommandError

    config = Config()
    config.set_main_option("script_location", str(STEPS))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, to)
    except CommandError as error:
        raise StoreError(
            f"a newer version of this project has written the store: upgrade ({error})"
        ) from error
