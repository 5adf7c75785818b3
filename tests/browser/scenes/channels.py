"""The schedules of a channel, of which there may be many, and the log of their changes."""

from __future__ import annotations

import re

from tests.browser.album import Album
from tests.browser.visitor import Visitor


async def channels(album: Album, ana: Visitor) -> None:
    """`/oncall link`, `unlink` and `log`."""
    answer = await ana.asks("/oncall link", "Nothing is linked")
    await album.take("link-empty", "`/oncall link` in a channel without schedules", answer, also="phone")
    await answer.get_by_role("button", name="Link a schedule").click()
    form = await ana.form("link")
    await ana.chooses("schedule", "Plat", "Platform")
    await album.take("link-form", "Linking a schedule", form)
    await ana.closes()
    await ana.dismisses()
    await ana.asks("/oncall link payments", "Payments")
    answer = await ana.asks("/oncall link platform", "Platform", "Payments")
    await album.take("link-two", "Two schedules are linked to a channel", answer, also="phone")
    await ana.dismisses()
    answer = await ana.asks("/oncall log", "linked")
    await album.take("log", "`/oncall log`", answer, also="phone")
    await ana.dismisses()


async def many_schedules(album: Album, ana: Visitor) -> None:
    """An answer with more schedules than a phone shows."""
    answer = await ana.asks("/oncall now", "Checkout")
    await album.take("many-schedules", "`/oncall now` with many schedules", answer, also="phone")
    await answer.get_by_role("button", name=re.compile(r"^\d+ more$")).click()
    more = await ana.form("more_schedules")
    await album.take("many-schedules-more", "The rest of them", more, also="phone")
    await ana.closes()
    await ana.dismisses()
