"""Messages about one action item, as they read now."""

from __future__ import annotations

from bot.queries import actions, people
from bot.queries.reading import Reading
from bot.slack.cards.actions import given_card, removed_card
from bot.slack.messages.deleted import until_undone
from bot.slack.rendered import NotYet, Told
from bot.usecases.deliveries.claim import Claimed


async def given(reading: Reading, claimed: Claimed) -> Told | NotYet | None:
    """To an owner whom somebody else chose; edited once it is settled, removed, or somebody else's."""
    view = await actions.by_id(reading, claimed.subject)
    reader = await people.by_slack_id(reading, claimed.recipient)
    is_shut_out = reader is not None and reader.is_outsider
    is_theirs = view and view.is_open and view.owner and reader and view.owner.id == reader.id
    if not claimed.ts and (is_shut_out or not is_theirs):
        about = str(claimed.details.get("postmortem_id", ""))
        return None if view or is_shut_out else await until_undone(reading, claimed, about)
    if view is None or is_shut_out:
        return Told(removed_card())
    given_by = str(claimed.details.get("given_by", ""))
    giver = (await people.by_ids(reading, [given_by])).get(given_by)
    return Told(given_card(view, giver=giver, reader=reader, now=reading.now))
