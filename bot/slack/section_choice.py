"""The choice between what stands in a section and what a person typed for it meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.engines.documents.document import from_rich_text
from bot.engines.documents.splitting import to_rich_text_blocks
from bot.escaping import mrkdwn, shortened
from bot.queries import last_change
from bot.queries.people import Person
from bot.queries.postmortems import PostmortemView, SectionView
from bot.queries.reading import Reading
from bot.slack.cards.blocks import Block
from bot.slack.cards.conflict import changed_meanwhile, choice_view
from bot.slack.cards.inputs import metadata
from bot.slack.cards.postmortem_forms import edit_form
from bot.slack.cards.typed import fits

WHOLE, SOME, LITTLE, LEAST = 100_000, 20_000, 5_000, 500
"""How many characters of a text are shown: all there can be, less where Slack would not take both."""
YOURS_SHORTENED = "Yours is too long for a box beside theirs: you see how it begins, all of it is kept and counts."


async def section_choice(
    reading: Reading,
    view: PostmortemView,
    section: SectionView,
    mine: Mapping[str, Any],
    *,
    draft: str,
    person: Person,
) -> Block:
    """What stands in a section above what the person typed, a rich_text block that is kept as `draft`, and the choice.

    Both are shown whole where Slack takes that. Where not, what stands there is shortened first. A text of one's own
    that leaves no room beside it is shown by its beginning without a box, and counts as it is kept.
    """
    change = await last_change.of_section(reading, view.id, section.key)
    head = changed_meanwhile(f"*{mrkdwn(section.title)}*", change, reader=person)
    form = edit_form(
        label=view.label,
        title=shortened(section.title, 100),
        prompt=section.prompt,
        initial=dict(mine),
        metadata=metadata(pm=view.number, section=section.key, version=section.version, draft=draft),
    )
    shown = (
        choice_view(
            own,
            head=head,
            theirs=to_rich_text_blocks(section.body, most, mentioning=False),
            version=section.version,
            left="Theirs is kept for its writer",
            both="Theirs first, yours below it",
            notes=notes,
        )
        for own, most, notes in _sizes(form, mine, view.label)
    )
    return next(filter(fits, shown))


def _sizes(form: Block, mine: Mapping[str, Any], label: str) -> Iterator[tuple[Block, int, list[str]]]:
    """The form of one's own text, how much of the other is shown, and what is said of it; from all to little."""
    theirs_shortened = f"Of theirs you see how it begins; `/postmortem show {label}` has all of it."
    yield form, WHOLE, []
    yield form, SOME, [theirs_shortened]
    yield form, LITTLE, [theirs_shortened]
    beginning = to_rich_text_blocks(from_rich_text(mine), LITTLE)
    yield {**form, "blocks": beginning}, LITTLE, [theirs_shortened, YOURS_SHORTENED]
    # Each character formatted by itself takes a hundred bytes.
    beginning = to_rich_text_blocks(from_rich_text(mine), LEAST)
    yield {**form, "blocks": beginning}, LEAST, [theirs_shortened, YOURS_SHORTENED]
