"""What every table shares: the naming of constraints, ids, and the optimistic lock."""

from __future__ import annotations

import secrets
from typing import Any
from uuid import uuid4

from sqlalchemy import JSON, Column
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

# Set before any table is declared: without names, SQLite's batch migrations cannot drop a constraint.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SHORT_ID_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def new_id() -> str:
    """A random UUID as text: the form ids take in the database and in every API."""
    return str(uuid4())


def new_short_id() -> str:
    """P and twelve capital letters and digits at random: the form of Grafana OnCall's ids."""
    return "P" + "".join(secrets.choice(SHORT_ID_LETTERS) for _ in range(12))


def json_column(*, nullable: bool = False) -> Column[Any]:
    """A JSON column, binary on PostgreSQL. Replace its value to change it: edits inside are not noticed."""
    return Column(JSON().with_variant(JSONB(), "postgresql"), nullable=nullable)


def name_key(name: str) -> str:
    """What makes two names the same: case and surrounding or doubled blanks do not count."""
    return " ".join(name.split()).casefold()


class Versioned(SQLModel):
    """A row that people edit: its version goes up with every change, and a stale write is refused by SQLAlchemy."""

    version: int = Field(default=None, nullable=False)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805  a declared_attr receives the class
        return {"version_id_col": cls.__table__.c.version} if hasattr(cls, "__table__") else {}
