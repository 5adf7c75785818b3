"""Alembic's entry: runs the migrations on the connection that storage/database.py hands over."""

from alembic import context
from sqlmodel import SQLModel

import storage.models  # noqa: F401  declares the tables

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
