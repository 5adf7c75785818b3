"""The moves of a postmortem, carried out for a person: typed, pressed or sent by a form, they are the same.

Each commits and answers with the sentence that says what has happened, escaped already.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date

from bot.engines.lifecycle.review import ReviewRules, count
from bot.escaping import mrkdwn, mrkdwn_within
from bot.queries.people import Person
from bot.settings import Settings
from bot.slack.cards.preview import warning_sentences
from bot.slack.desk import Desk
from bot.slack.words.local import day_words
from bot.usecases.drafts.drop import drop
from bot.usecases.postmortems import approve, assign, comment, publish, reopen, request_changes, snooze, submit
from bot.usecases.unit import Unit


def review_rules(settings: Settings) -> ReviewRules:
    """What the settings say of reviews."""
    return ReviewRules(required=settings.review_approvals, self_approval=settings.self_approval)


@dataclass(frozen=True, slots=True)
class Mover:
    """Who moves it, the key of the request, so that a repetition moves nothing, and the kept texts it settles."""

    person: Person
    key: str
    desk: Desk
    settles: Sequence[str] = ()

    async def submit(self, number: int, reviewers: Sequence[str], *, due_on: date | None = None) -> str:
        """Ask these people, by their ids in Slack, for a review by that day; nobody: those who were asked before."""
        ids = [(await self.desk.people.person(slack_id)).id for slack_id in reviewers]
        async with self._unit() as unit:
            review = await submit.submit(unit, number, ids, due_on=due_on)
            unit.outcome = f"{review.name} is in review"
        return f"{review.name} is in review. Each reviewer was asked by direct message."

    async def approve(self, number: int, *, seen: Sequence[int] | None = None) -> str:
        """Give one's approval, to the text that was `seen` or, without it, as it is."""
        async with self._unit() as unit:
            review = await approve.approve(unit, number, seen=seen)
            unit.outcome = f"you approved {review.name}"
        return f"You approved {review.name}: {count(review, review_rules(self.desk.settings))}."

    async def request_changes(self, number: int, text: str, section: str | None = None) -> str:
        """Say what has to change."""
        async with self._unit() as unit:
            review = await request_changes.request_changes(unit, number, text, section=section)
            unit.outcome = f"you requested changes to {review.name}"
        return f"{review.name} is a draft again; its owner was told what should change."

    async def comment(self, number: int, text: str, section: str | None = None) -> str:
        """Say something about it."""
        async with self._unit() as unit:
            title = await comment.comment(unit, number, text, section=section)
            unit.outcome = f"your comment on PM-{number} is kept"
        about = f"{mrkdwn(title)} of " if title else ""
        return f"Your comment on {about}PM-{number} stands in its review; its owner is told."

    async def publish(self, number: int, channel: str | None = None, *, heeds_secrets: bool = False) -> str:
        """Freeze and announce it.

        Raises:
            LooksSecret: with `heeds_secrets`, where something in it looks like a secret.
        """
        async with self._unit() as unit:
            review, warnings = await publish.publish(unit, number, channel=channel, heeds_secrets=heeds_secrets)
            unit.outcome = f"{review.name} is published"
        return " ".join([f"{review.name} is published and locked.", *warning_sentences(review.name, warnings)])

    async def reopen(self, number: int, reason: str) -> str:
        """Make it a draft again."""
        async with self._unit() as unit:
            review = await reopen.reopen(unit, number, reason)
            unit.outcome = f"{review.name} is a draft again"
        return f"{review.name} is a draft again."

    async def assign(self, number: int, owner: str) -> str:
        """Give it to somebody, by their id in Slack."""
        person = await self.desk.people.person(owner)
        async with self._unit() as unit:
            review = await assign.assign(unit, number, person.id)
            unit.outcome = f"{review.name} belongs to {person.name}"
        return f"{review.name} belongs to {mrkdwn(person.name)} now."

    async def snooze(self, number: int, until: date, reason: str) -> str:
        """Keep quiet towards oneself until that day."""
        async with self._unit() as unit:
            await snooze.snooze(unit, number, until, reason=reason)
            unit.outcome = f"PM-{number} is snoozed"
        why = f" Your reason: {mrkdwn_within(reason.strip(), 2500)}" if reason.strip() else ""
        return f"You hear nothing of PM-{number} before {day_words(until)} {until.year}.{why}"

    @asynccontextmanager
    async def _unit(self) -> AsyncIterator[Unit]:
        async with self.desk.units.begin(self.person, key=self.key) as unit:
            yield unit
            for draft_id in self.settles:
                await drop(unit, draft_id)
