"""Alembic's entry: runs the migrations on the connection that storage/database.py hands over."""

from alembic import context
from sqlmodel import SQLModel

import storage.models  # noqa: F401  declares the tables

SEARCH_INDEX = "searchtext"
"""No model's table: on SQLite it is a virtual one, with tables of its own (storage/search.py)."""


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Whether a model should say the same of it."""
    return kind != "table" or name is None or not name.startswith(SEARCH_INDEX)


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    include_name=is_ours,
)
with context.begin_transaction():
    context.run_migrations()
