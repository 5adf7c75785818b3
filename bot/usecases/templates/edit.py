"""Change what a template says."""

from __future__ import annotations

from bot.errors import BadFields, Conflict
from bot.usecases.templates.held import hold
from bot.usecases.templates.making import rewrite
from bot.usecases.templates.wanted import wrong_markdown
from bot.usecases.unit import Unit
from storage import templates


async def edit(unit: Unit, template_id: str, markdown: str, *, version: int) -> int:
    """Another text from now on; answers its number. Postmortems keep the sections they began with.

    `version` is the number of the text that the writer saw. The same text again changes nothing.

    Raises:
        NotFound: it was removed.
        NotAllowed: they may not change it; the sentence says who may.
        Locked: it comes from a file.
        BadFields: `markdown`: what is wrong, line by line.
        Conflict: it was changed since; `theirs` is its Markdown now.
    """
    row, _ = await hold(unit, template_id)
    newest = await templates.version(unit.session, row.id, row.latest)
    assert newest is not None, "each template has its newest text"  # noqa: S101  ours to keep true
    if newest.markdown.strip() == markdown.strip():
        return row.latest
    if wrong := wrong_markdown(markdown):
        raise BadFields({"markdown": wrong})
    if row.latest != version:
        sentence = f"The template {row.name} was changed since you opened it. Nothing of yours is lost: choose."
        raise Conflict(sentence, theirs=newest.markdown, version=row.latest)
    await rewrite(unit, row, markdown, by=unit.person.id)
    return row.latest
