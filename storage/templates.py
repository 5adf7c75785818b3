"""Templates of postmortems in the database: every text they had, and which teams begin with them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import and_, col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select, SelectOfScalar

from storage.models import Membership, Team, Template, TemplateVersion

Newest = tuple[Template, TemplateVersion]
"""A template and its newest text."""


async def present(session: AsyncSession) -> list[Newest]:
    """Every template that can be chosen, with its newest text, by name."""
    found = await session.exec(_newest().where(col(Template.removed_at).is_(None)).order_by(Template.name, Template.id))
    return [(template, version) for template, version in found.all()]


async def every(session: AsyncSession) -> list[Newest]:
    """The same with those that were removed."""
    return [(template, version) for template, version in (await session.exec(_newest().order_by(Template.id))).all()]


async def by_key(session: AsyncSession, key: str) -> Newest | None:
    """The template that people call so, where it can be chosen."""
    return (await session.exec(_newest().where(Template.key == key, col(Template.removed_at).is_(None)))).first()


async def by_id(session: AsyncSession, template_id: str) -> Newest | None:
    """The template with that id, where it can be chosen."""
    return (await session.exec(_newest().where(Template.id == template_id, col(Template.removed_at).is_(None)))).first()


async def of_team(session: AsyncSession, team_id: str) -> Newest | None:
    """What a team chose to begin with; None where it chose nothing."""
    chosen = select(Team.template_id).where(Team.id == team_id).scalar_subquery()
    return (await session.exec(_newest().where(Template.id == chosen, col(Template.removed_at).is_(None)))).first()


async def row(session: AsyncSession, *, key: str) -> Template | None:
    """The row of that key, of a template that was removed too; nobody else changes it before this transaction ends."""
    return (await session.exec(_held(select(Template).where(Template.key == key)))).first()


async def held(session: AsyncSession, template_id: str) -> Template | None:
    """The row with that id, where it can be chosen; nobody else changes it before this transaction ends."""
    statement = select(Template).where(Template.id == template_id, col(Template.removed_at).is_(None))
    return (await session.exec(_held(statement))).first()


async def version(session: AsyncSession, template_id: str, number: int) -> TemplateVersion | None:
    """A text of a template."""
    return (await session.exec(_versions(template_id).where(TemplateVersion.number == number))).first()


async def versions(session: AsyncSession, template_id: str) -> list[TemplateVersion]:
    """Every text of a template, the oldest first."""
    return list((await session.exec(_versions(template_id).order_by(col(TemplateVersion.number)))).all())


async def of_only_team(session: AsyncSession, user_id: str) -> str | None:
    """The id of what the one team that a person is in begins with; None where they are in none, or in several."""
    in_them = select(Team.template_id).join(Membership, col(Membership.team_id) == Team.id)
    found = (await session.exec(in_them.where(Membership.user_id == user_id).limit(2))).all()
    return found[0] if len(found) == 1 else None


async def teams_with(session: AsyncSession, template_ids: Iterable[str]) -> list[Team]:
    """The teams that begin with any of these, by name."""
    wanted = set(template_ids)
    if not wanted:
        return []
    return list(
        (await session.exec(select(Team).where(col(Team.template_id).in_(wanted)).order_by(Team.name_key))).all()
    )


def _newest() -> Select[Template, TemplateVersion]:
    is_newest = and_(col(TemplateVersion.template_id) == Template.id, col(TemplateVersion.number) == Template.latest)
    return select(Template, TemplateVersion).join(TemplateVersion, is_newest)


def _held(statement: SelectOfScalar[Template]) -> SelectOfScalar[Template]:
    """As it is once others are done with it, whatever was read of it before."""
    return statement.with_for_update().execution_options(populate_existing=True)


def _versions(template_id: str) -> SelectOfScalar[TemplateVersion]:
    return select(TemplateVersion).where(TemplateVersion.template_id == template_id)
