"""Messages about one postmortem, as they read now."""

from __future__ import annotations

from bot.escaping import mrkdwn, mrkdwn_within
from bot.queries import deliveries, history, postmortems
from bot.queries.reading import Reading
from bot.slack.cards.blocks import Card, actions, button, context, header, section
from bot.slack.cards.history import history_card
from bot.slack.cards.people import named
from bot.slack.cards.postmortem import due_words, postmortem_card
from bot.slack.ids import Action
from bot.slack.sending import NotYet, Told
from bot.usecases.deliveries.claim import Claimed
from bot.usecases.messages import MessageKind
from bot.vocabulary import PostmortemStatus, Verdict

NOTE_CHARACTERS = 2500
SUMMARY_CHARACTERS = 300


async def card(reading: Reading, claimed: Claimed) -> Told | None:
    """The card; where its channel refuses, its owner gets it."""
    view = await postmortems.by_id(reading, claimed.subject)
    return Told(postmortem_card(view), instead=view.owner.slack_id) if view else None


async def history_line(reading: Reading, claimed: Claimed) -> Told | NotYet | None:
    """A line in the thread of the card, once the card is there."""
    event = await history.by_id(reading, int(claimed.subject))
    if event is None:
        return None
    place = await deliveries.place_of(
        reading, kind=MessageKind.CARD, subject=event.postmortem_id, recipient=claimed.recipient
    )
    if place is None:
        return None
    if place.ts is None or place.channel is None:
        return NotYet() if place.is_coming else None
    return Told(history_card(event), thread_ts=place.ts, channel=place.channel)


async def review_request(reading: Reading, claimed: Claimed) -> Told | None:
    """To a reviewer: what it is and what can be said; edited to what they said."""
    view = await postmortems.by_id(reading, claimed.subject)
    if view is None:
        return None
    me = next((each for each in view.reviewers if each.person.slack_id == claimed.recipient), None)
    title = f"*{view.label}* {mrkdwn(view.title)}"
    value = f"{view.label}:{view.outline.version}"
    read = button("Read", Action.READ, value)
    if view.status is not PostmortemStatus.IN_REVIEW or me is None or me.verdict is not Verdict.PENDING:
        state = f"You approved it. {view.outline.approvals}." if me and me.verdict is Verdict.APPROVED else ""
        words = state or f"Nothing to do for you at the moment: it is {view.status}."
        return Told(Card(f"{view.label}: {words}", (section(f"{title}\n{words}"), actions(read))))
    asks = f"{named(view.owner)} asks for your review of {title}"
    due = f"Due {due_words(view.outline.due_on, view.outline.days_overdue)}. " if view.outline.due_on else ""
    return Told(
        Card(
            f"{mrkdwn(view.owner.name)} asks for your review of {view.label} {mrkdwn(view.title)}",
            (
                section(asks),
                context(f"{due}{view.outline.approvals}, {view.filled} of {len(view.sections)} sections written"),
                actions(
                    button("Approve", f"{Action.DO}:approve", value, style="primary"),
                    button("Request changes", f"{Action.DO}:changes", value),
                    read,
                ),
            ),
        )
    )


async def changes_requested(reading: Reading, claimed: Claimed) -> Told | None:
    """To the owner: what has to change."""
    event = await history.by_id(reading, int(claimed.subject))
    if event is None:
        return None
    who = named(event.actor) if event.actor else "A reviewer"
    about = f" of {mrkdwn(event.after['section'])}" if event.after.get("section") else ""
    words = f"{who} asks for changes{about} to *{event.label}* {mrkdwn(event.title)}"
    quoted = mrkdwn_within(str(event.after["text"]), NOTE_CHARACTERS).replace("\n", "\n> ")
    value = f"{event.label}:{event.id}"
    buttons = actions(
        button("Edit", f"{Action.DO}:edit", value, style="primary"),
        button("Submit again", f"{Action.DO}:submit", value),
    )
    return Told(Card(words, (section(words), section(f"> {quoted}"), buttons)))


async def assigned(reading: Reading, claimed: Claimed) -> Told | None:
    """To the new owner."""
    event = await history.by_id(reading, int(claimed.subject))
    if event is None:
        return None
    who = named(event.actor) if event.actor else "Somebody"
    words = f"{who} gave you *{event.label}* {mrkdwn(event.title)}"
    value = f"{event.label}:{event.id}"
    buttons = actions(
        button("Edit", f"{Action.DO}:edit", value, style="primary"), button("Open", f"{Action.DO}:show", value)
    )
    return Told(Card(words, (section(words), buttons)))


async def announcement(reading: Reading, claimed: Claimed) -> Told | None:
    """To a channel: it is published. Names, no mentions: nobody has to act."""
    view = await postmortems.by_id(reading, claimed.subject)
    if view is None or view.status is not PostmortemStatus.PUBLISHED:
        return None
    headline = f"{view.label} is published"
    facts = f"{view.outline.severity}, owned by {named(view.owner)}"
    read = actions(button("Read", Action.READ, f"{view.label}:{view.outline.version}"))
    blocks = (header(headline), section(mrkdwn_within(view.title, SUMMARY_CHARACTERS)), context(facts))
    return Told(Card(f"{headline}: {mrkdwn(view.title)}", (*blocks, read)), instead=view.owner.slack_id)
