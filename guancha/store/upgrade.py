"""Brings a database to the schema of today, step by step."""

import logging
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection

from guancha.exceptions import StoreError

# It tells of each connection, and of each step of a new database.
logging.getLogger("alembic").setLevel(logging.WARNING)


STEPS = Path(__file__).with_name("steps")


def steps() -> list[str]:
    """The names of all steps, the newest first."""
    return [step.revision for step in ScriptDirectory(str(STEPS)).walk_revisions()]


def upgrade(connection: Connection, to: str = "head") -> None:
    """Takes the steps that are missing; raises StoreError for a database of a newer version than ours."""
    config = Config()
    config.set_main_option("script_location", str(STEPS))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, to)
    except CommandError as error:
        raise StoreError(
            f"a newer version of this project has written the store: upgrade ({error})"
        ) from error
