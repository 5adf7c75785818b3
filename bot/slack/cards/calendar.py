"""The link of a calendar, with how to subscribe to it."""

from __future__ import annotations

from ipaddress import ip_address

from yarl import URL

from bot.escaping import mrkdwn
from bot.queries.feed_links import fingerprint_of
from bot.queries.schedules import ScheduleName
from bot.settings import LOOPBACK
from bot.slack.cards.blocks import Block, Card, actions, button, confirm, context, section
from bot.slack.cards.links import bold_name
from bot.slack.ids import Action

SUBSCRIBING = (
    "*Google Calendar* (in a browser): Other calendars, +, _From URL_\n"
    "*Outlook*: Add calendar, _Subscribe from web_\n"
    "*Apple Calendar*: File, _New Calendar Subscription_; on an iPhone Calendars, Add Calendar, "
    "_Add Subscription Calendar_"
)
REFRESHING = (
    "Calendars look again when they choose to: Apple within the hour, Outlook within some, Google within a day."
)
NEARBY = (
    ":warning: This address is this machine's own: calendars elsewhere cannot reach it. "
    "Whoever runs Watchbill gives it an address that others see with `PUBLIC_URL`."
)


def calendar_card(token: str, schedule: ScheduleName | None, *, address: str, is_new: bool = False) -> Card:
    """The link to a schedule's calendar, or without one to that of the asker's own shifts, and [New link].

    `address` is our own as others see it; where only this machine does, the card says so. `is_new`: an older link has
    just stopped.
    """
    link = f"{address}/calendars/{token}.ics"
    what = f"Everybody's shifts by {bold_name(schedule)}" if schedule else "*Your shifts*, by every schedule"
    said = (
        f"{what}, in your calendar: subscribe to this link. Whoever has it can read that calendar: keep it to yourself."
    )
    before = "The old link has stopped. " if is_new else ""
    blocks: list[Block] = [section(f"{before}{said}\n```{mrkdwn(link)}```"), section(SUBSCRIBING), context(REFRESHING)]
    warning = [] if is_seen_elsewhere(address) else [NEARBY]
    blocks += [section(each) for each in warning]
    value = f"{schedule.id if schedule else ''}:{fingerprint_of(token)}"
    blocks.append(actions(button("New link", Action.NEW_LINK, value, confirm=_sure())))
    return Card("\n".join([f"{before}{said}", mrkdwn(link), *warning]), tuple(blocks))


def is_seen_elsewhere(address: str) -> bool:
    """Whether others than this machine may reach an address; of one in a local network that cannot be told."""
    host = URL(address).host or ""
    try:
        number = ip_address(host)
    except ValueError:
        return host not in LOOPBACK and not host.endswith(".localhost")
    return not (number.is_loopback or number.is_unspecified)


def _sure() -> Block:
    return confirm(
        "Make a new link?",
        "The old link stops at once: every calendar that uses it has to be given the new one.",
        yes="New link",
        destroys=True,
    )
