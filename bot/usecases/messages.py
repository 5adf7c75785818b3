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
    | CHANNEL_DIGEST | the week, `2026-W47` | a channel; its owners, where it refuses | each week |

    The details of HISTORY, CHANGES_REQUESTED, COMMENTED and ASSIGNED are `{"postmortem_id"}`, those of ACTION_GIVEN
    `{"postmortem_id", "given_by"}`, those of an owner's CHANNEL_DIGEST `{"channel", "problem"}`, those of ANSWER
    what it says.
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
    HOME = "home"
    ANSWER = "answer"
