"""Have the templates that come with Watchbill, and those that are files, as they are now."""

from __future__ import annotations

from collections.abc import Sequence

import structlog

from bot.engines.templates import BUILT_IN, Template
from bot.engines.templates.files import from_files
from bot.usecases.templates.making import insert, rewrite
from bot.usecases.unit import Unit
from storage import templates
from storage.models import TemplateVersion

log = structlog.get_logger(__name__)


async def keep_up(unit: Unit) -> None:
    """Add what is missing, and a new text where another one came. Safe when several start at once.

    A file counts as it is. Where it is gone the template keeps its last text, so that no team begins with another one
    unasked: the log says so at every start, until somebody edits or removes it. What is shipped gives way to what a
    person wrote, or removed; nor does an older Watchbill, which is started beside a newer one, bring its own text back.

    Raises:
        Misconfigured: no template can be made of a file.
    """
    files = from_files(unit.settings.templates)
    known = {row.key: (row, version) for row, version in await templates.every(unit.session)}
    for key, template in sorted({**BUILT_IN, **files}.items()):
        row, newest = known.get(key, (None, None))
        if row is None or newest is None:
            await insert(unit, template, by=None)
        elif newest.markdown != template.markdown or row.removed_at:
            await _bring(unit, template, is_file=key in files)
    for key, (row, newest) in known.items():
        if key not in files and key not in BUILT_IN and newest.created_by is None and not row.removed_at:
            log.warning("the file of a template is gone, its last text stays", template=row.name)


async def _bring(unit: Unit, template: Template, *, is_file: bool) -> None:
    row = await templates.row(unit.session, key=template.key)
    assert row is not None, "templates are marked as removed, their rows stay"  # noqa: S101  ours to keep true
    texts = await templates.versions(unit.session, row.id)
    is_due = texts[-1].markdown != template.markdown if is_file else _is_new(template, texts)
    if (is_due and not row.removed_at) or (is_file and row.removed_at):
        await rewrite(unit, row, template.markdown, by=None)


def _is_new(template: Template, texts: Sequence[TemplateVersion]) -> bool:
    """Whether nobody wrote the text that stands there, and what is shipped never stood there."""
    return texts[-1].created_by is None and template.markdown not in {each.markdown for each in texts}
