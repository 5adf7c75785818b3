"""Say something about a postmortem that is being written or reviewed, without a verdict."""

from __future__ import annotations

from bot.errors import NotFound
from bot.queries.history import Happening
from bot.usecases.fields import TEXT_CHARACTERS, Faults, wrong_line
from bot.usecases.messages import MessageKind
from bot.usecases.postmortems.edit_section import find_section
from bot.usecases.postmortems.held import Held, happened, hold, require_unlocked, tell_person
from bot.usecases.postmortems.indexing import index
from bot.usecases.unit import Unit
from bot.vocabulary import Verb, Verdict
from storage import models, postmortems


async def comment(unit: Unit, number: int, text: str, *, section: str | None = None) -> str | None:
    """Note it of the whole or of a section, and tell the owner by direct message; answers the section's title.

    Nobody's verdict changes by it. Of a published one nothing is said: its page would change under its readers.

    Raises:
        NotFound: no such postmortem.
        NotAllowed: the actor is no member of the workspace.
        Locked: it is published.
        BadFields: `text`, `section`.
    """
    held = await hold(unit, number, Verb.COMMENT)
    require_unlocked(unit, held)
    text = text.strip()
    about = await meant(unit, held, text, section, called="Comment", usage=f"/postmortem comment {held.label} text")
    await remark(unit, held, text, about)
    after = {"text": text, "section": about.title if about else None}
    event_id = await happened(unit, held, Happening.COMMENTED, after=after)
    await tell_person(unit, MessageKind.COMMENTED, event_id, held, held.row.owner_id)
    return about.title if about else None


async def remark(
    unit: Unit, held: Held, text: str, about: models.Section | None, *, verdict: Verdict | None = None
) -> None:
    """Keep what the actor said, with the verdict they gave with it, and have it found."""
    row = models.Remark(
        postmortem_id=held.row.id,
        section_key=about.key if about else None,
        user_id=unit.person.id,
        verdict=verdict,
        text=text,
        at=unit.now,
    )
    unit.session.add(row)
    await index(unit, held.row)


async def meant(
    unit: Unit, held: Held, text: str, section: str | None, *, called: str, usage: str
) -> models.Section | None:
    """The section that is meant, None: the whole; refuses what is wrong with the text and the section together.

    Raises:
        BadFields: `text`, `section`.
    """
    faults = Faults()
    if not text:
        faults.add("text", f"Say what you mean: `{usage}`.")
    faults.add("text", wrong_line(text, called=called, limit=TEXT_CHARACTERS))
    found = None
    if section is not None:
        try:
            found = find_section(held.label, await postmortems.sections(unit.session, held.row.id), section)
        except NotFound as missing:
            faults.add("section", missing.sentence)
    faults.refuse()
    return found
