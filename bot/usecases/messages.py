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
    | ASSIGNED | event's id | the new owner | each event |
    | PUBLISHED_ANNOUNCEMENT | postmortem's id | a channel | each publication |
    | MORNING | person's id | that person | when the last one was pressed or answered, else edited |
    | CHANNEL_DIGEST | the week, `2026-W47` | a channel; its owners, where it refuses | each week |

    The details of HISTORY, CHANGES_REQUESTED and ASSIGNED are `{"postmortem_id"}`, those of an owner's CHANNEL_DIGEST
    `{"channel", "problem"}`.
    """

    CARD = "card"
    HISTORY = "history"
    REVIEW_REQUEST = "review-request"
    CHANGES_REQUESTED = "changes-requested"
    ASSIGNED = "assigned"
    PUBLISHED_ANNOUNCEMENT = "published-announcement"
    MORNING = "morning"
    CHANNEL_DIGEST = "channel-digest"
