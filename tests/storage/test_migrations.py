"""What was stored under an earlier form of the tables is there under the newest."""

from __future__ import annotations

import asyncio

from alembic import command
from sqlalchemy import Connection, create_engine, text

from storage.database import Database, alembic_config, async_url

BEFORE_PROGRAMS = """
insert into person (id, slack_id, name, is_bot, is_outsider, is_workspace_admin, has_left, refreshed_at)
  values ('ana', 'U01ANA', 'Ana', false, false, false, false, '2026-11-18 09:00:00');
insert into team (id, name, name_key, created_at) values ('t', 'Payments', 'payments', '2026-11-18 09:00:00');
insert into membership (team_id, user_id, role) values ('t', 'ana', 'admin');
insert into schedule (version, id, name, name_key, timezone, enabled, team_id, created_at)
  values (1, 's', 'Payments', 'payments', 'Europe/Berlin', true, 't', '2026-11-18 09:00:00');
insert into rotation (id, schedule_id, name, position) values ('r', 's', 'Primary', 0);
insert into service (id, name, name_key) values ('v', 'Checkout', 'checkout');
insert into override (id, schedule_id, user_id, start, "end", rotation_ids, sequence, created_at)
  values ('o1', 's', 'ana', '2026-11-18 09:00:00', '2026-11-18 10:00:00', '[]', 1, '2026-11-18 09:00:00');
insert into override (id, schedule_id, user_id, start, "end", rotation_ids, sequence, created_at)
  values ('o2', 's', null, '2026-11-19 09:00:00', '2026-11-19 10:00:00', '[]', 2, '2026-11-18 09:00:00');
"""


def _to_revision(url: str, revision: str, statements: str) -> None:
    drivers = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
    parsed = async_url(url)
    engine = create_engine(parsed.set(drivername=drivers[parsed.get_backend_name()]))

    def upgrade(connection: Connection) -> None:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)

    with engine.begin() as connection:
        upgrade(connection)
        for statement in statements.split(";\n"):
            if statement.strip():
                connection.execute(text(statement))
    engine.dispose()


async def test_schedules_overrides_and_teams_outlive_the_coming_of_programs(empty_database_url: str) -> None:
    await asyncio.to_thread(_to_revision, empty_database_url, "0002", BEFORE_PROGRAMS)
    database = Database(empty_database_url)
    await database.migrate()
    async with database.reading() as session:
        connection = await session.connection()
        overrides = (await connection.execute(text("select id, alias, kind from override order by id"))).all()
        assert [tuple(row) for row in overrides] == [("o1", "o1", "user"), ("o2", "o2", "none")]
        told = "select schedule.description, team.description, service.tags, rotation.name, membership.role"
        row = (await connection.execute(text(f"{told} from schedule, team, service, rotation, membership"))).one()
    assert row[2] in ("[]", [])  # SQLite's JSON is text here
    assert (row[0], row[1], row[3], row[4]) == ("", "", "Primary", "admin")
    await database.close()
