"""A person's Home tab, as it is now."""

from __future__ import annotations

from bot.queries import home as homes
from bot.queries import people
from bot.queries.reading import Reading
from bot.slack.cards.home import home_view
from bot.slack.rendered import Published
from bot.usecases.deliveries.claim import Claimed


async def home(reading: Reading, claimed: Claimed) -> Published | None:
    """The whole view; nothing for somebody who is gone."""
    person = (await people.by_ids(reading, [claimed.subject])).get(claimed.subject)
    if person is None or person.has_left:
        return None
    return Published(home_view(await homes.home(reading, person)))
