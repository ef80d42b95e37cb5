"""Alembic runs this for each upgrade, on the connection that it is handed."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    # SQLite can, too, where a transaction is begun by hand.
    transactional_ddl=True,
)
context.run_migrations()
