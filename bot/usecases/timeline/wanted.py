"""What somebody wants an entry to be, as it comes from a line, a form or a message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedMessage:
    """The message that an entry is made of. Who wrote it is a person, by id, or only a name: a bot's."""

    channel: str
    ts: str
    permalink: str = ""
    author_id: str | None = None
    author_name: str = ""
    file_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedEntry:
    """`text` is Slack's mrkdwn, with its three characters escaped: of a message byte for byte, else as it was typed.

    `emoji` is the name of the one with which a message was marked.
    """

    at: datetime
    text: str
    message: MarkedMessage | None = None
    emoji: str = ""
