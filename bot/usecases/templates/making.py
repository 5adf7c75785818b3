"""The rows of a template: the one way to a new one, and to a new text of one that is there.

`by` is the id of the person who wrote it; None where it came with Watchbill or from a file.
"""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from bot.engines.templates import Template
from bot.usecases.unit import Unit
from storage import models


async def insert(unit: Unit, template: Template, *, by: str | None) -> models.Template | None:
    """A new template with its first text; None where there is one of that key, one that was removed included."""
    row = models.Template(key=template.key, name=template.name, latest=0, created_at=unit.now)
    try:
        async with unit.session.begin_nested():
            unit.session.add(row)
    except IntegrityError:
        return None
    await _write(unit, row, template.markdown, by)
    if by is not None:  # what comes by itself at a start is nobody's deed
        await unit.event("create-template", row.id, after={"name": row.name, "number": row.latest})
    return row


async def rewrite(unit: Unit, row: models.Template, markdown: str, *, by: str | None) -> None:
    """Another text for a template that is held; one that was removed is there again."""
    before = {"name": row.name, "number": row.latest}
    row.removed_at = None
    await _write(unit, row, markdown, by)
    if by is not None:
        await unit.event("edit-template", row.id, before=before, after={"name": row.name, "number": row.latest})


async def _write(unit: Unit, row: models.Template, markdown: str, by: str | None) -> None:
    """Add the next text. Those before it stay, since postmortems began with them."""
    row.latest += 1
    unit.session.add(
        models.TemplateVersion(
            template_id=row.id,
            number=row.latest,
            markdown=markdown,
            created_at=unit.now,
            created_by=by,
        )
    )
    await unit.session.flush()
