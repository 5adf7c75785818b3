"""Every kind of message that a verb has sent, and what its `subject` and `recipient` are."""

from __future__ import annotations

from enum import StrEnum


class MessageKind(StrEnum):
    """What a delivery tells; the key under which a surface knows how to render it.

    | kind | subject | recipient | a new message |
    | --- | --- | --- | --- |
    | CARD | postmortem's id | its channel, or its owner | once, then edited |
    | HISTORY | event's id | where the card is: a line in its thread | each event |
    | REVIEW_REQUEST | postmortem's id | a reviewer | each submission, then edited |
    | CHANGES_REQUESTED | event's id | the owner | each event |
    | COMMENTED | event's id | the owner, where somebody else commented | each event |
    | ASSIGNED | event's id | the new owner | each event |
    | ACTION_GIVEN | action's id | its owner, where somebody else chose them | once, then edited |
    | PUBLISHED_ANNOUNCEMENT | postmortem's id | a channel | each publication |
    | MORNING | person's id | that person | when the last one was pressed or answered, else edited |
    | PUT_ON_CALL | event's id | who is put on call, where somebody else did it or took it back | once, then edited |
    | REPLACED | event's id | who would be on call else, likewise | once, then edited |
    | HOME | person's id | that person: not a message, but their Home tab | never: published anew |
    | ANSWER | its own id | who asked, where nothing took it at once | each |
    | ALERT | alert's id | its channel, see usecases/alerts/channel.py | once, then edited |
    | PAGED | alert's id | a person who is called to it | once, then edited |
    | NOBODY_ON_CALL | event's id | the alert's channel, else its team's leads, else the admins | each event |
    | PAGE | alert's id | who paged, where they were answered | each time it stands otherwise; quietly as it goes on |
    | INCIDENT | incident's id | its channel, else who declared it | once, then edited |
    | INCIDENT_HISTORY | event's id | where the incident is: a line in its card's thread | each event |
    | INCIDENT_CHANNEL | incident's id | its name: not a message, but the channel itself | never: brought up to date |
    | CHANNEL_DIGEST | the week, `2026-W47` | a channel; its owners, where it refuses | each week |

    The details of HISTORY, CHANGES_REQUESTED, COMMENTED and ASSIGNED are `{"postmortem_id"}`, those of ACTION_GIVEN
    `{"postmortem_id", "given_by"}`, those of an owner's CHANNEL_DIGEST `{"channel", "problem"}`, those of ANSWER
    what it says, those of PAGED `{"through"}`: the name of the schedule, team, person or escalation they stand for.
    """

    CARD = "card"
    HISTORY = "history"
    REVIEW_REQUEST = "review-request"
    CHANGES_REQUESTED = "changes-requested"
    COMMENTED = "commented"
    ASSIGNED = "assigned"
    ACTION_GIVEN = "action-given"
    PUBLISHED_ANNOUNCEMENT = "published-announcement"
    MORNING = "morning"
    CHANNEL_DIGEST = "channel-digest"
    PUT_ON_CALL = "put-on-call"
    REPLACED = "replaced"
    ALERT = "alert"
    PAGED = "paged"
    NOBODY_ON_CALL = "nobody-on-call"
    PAGE = "page"
    INCIDENT = "incident"
    INCIDENT_HISTORY = "incident-history"
    INCIDENT_CHANNEL = "incident-channel"
    HOME = "home"
    ANSWER = "answer"


WAKING = frozenset({MessageKind.PAGED, MessageKind.NOBODY_ON_CALL})
"""What wakes people, where it is new: it is told before everything else."""
