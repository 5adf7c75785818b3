"""What to look at before a postmortem is published: said of its paper, nothing forbidden by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.engines.documents.document import is_empty
from bot.engines.documents.secrets import Suspicion, suspicions
from bot.engines.papers.paper import Paper
from bot.vocabulary import ActionStatus, Verdict


@dataclass(frozen=True, slots=True)
class SecretSeen:
    """What looks like a secret, and in which part of the postmortem."""

    place: str
    suspicion: Suspicion


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A change that somebody asked for and whose asker has not approved since; `section` may be empty."""

    author: str
    section: str


@dataclass(frozen=True, slots=True)
class Warnings:
    """What to look at. `mentioned` are names in its text, `empty` the titles of sections without a word.

    `ownerless` counts open actions that nobody has.
    """

    secrets: tuple[SecretSeen, ...] = ()
    mentioned: tuple[str, ...] = ()
    ownerless: int = 0
    empty: tuple[str, ...] = ()
    requests: tuple[OpenRequest, ...] = ()


def warnings_of(paper: Paper) -> Warnings:
    """Everything that is worth a look before others read it."""
    texts = list(_texts(paper))
    open_actions = (each for each in paper.actions if each.status is ActionStatus.OPEN)
    documents = [*([paper.summary] if paper.summary else []), *(each.body for each in paper.sections)]
    return Warnings(
        secrets=tuple(SecretSeen(place, each) for place, text in texts for each in suspicions(text)),
        mentioned=tuple(dict.fromkeys(name for document in documents for name in _mentions(document))),
        ownerless=sum(not each.owner for each in open_actions),
        empty=tuple(each.title for each in paper.sections if each.title and is_empty(each.body)),
        requests=tuple(_requests(paper)),
    )


def _texts(paper: Paper) -> Iterator[tuple[str, str]]:
    """Every text that a reader sees, by the part it stands in."""
    yield "Title", paper.title
    if paper.summary:
        yield "Executive summary", _words(paper.summary)
    for section in paper.sections:
        yield section.title or "Text", _words(section.body)
    yield "Timeline", "\n".join(part for each in paper.timeline for part in (each.text, *each.file_names))
    yield "Actions", "\n".join(f"{each.text}\n{each.jira_url}" for each in paper.actions)
    yield "Review", "\n".join([*(each.text for each in paper.remarks), *(each.note for each in paper.reviewers)])


def _words(node: Mapping[str, Any]) -> str:
    """The text of a document, what links lead to included; each block on lines of its own."""
    inside = node.get("content")
    if isinstance(inside, list):
        parts = [_words(each) for each in inside if isinstance(each, dict)]
        is_line = all(isinstance(each, dict) and each.get("type") in {"text", "mention", "emoji"} for each in inside)
        return ("" if is_line else "\n").join(parts)
    addresses = [str(mark["attrs"].get("href", "")) for mark in node.get("marks", ()) if mark.get("type") == "link"]
    own = str(node.get("text", "")) or str(node.get("attrs", {}).get("url", ""))
    return own + "".join(f"\n{address}\n" for address in addresses if address and address != own)


def _mentions(node: Mapping[str, Any]) -> Iterator[str]:
    """The people whom a document mentions, as it calls them."""
    if node.get("type") == "mention":
        attributes = node.get("attrs", {})
        name = str(attributes.get("text") or attributes.get("id", "")).removeprefix("@")
        if name:
            yield name
    for each in node.get("content", ()):
        if isinstance(each, dict):
            yield from _mentions(each)


def _requests(paper: Paper) -> Iterator[OpenRequest]:
    approved: dict[str, datetime] = {
        each.name: each.said_at for each in paper.reviewers if each.verdict is Verdict.APPROVED and each.said_at
    }
    for each in paper.remarks:
        if each.verdict is not Verdict.CHANGES_REQUESTED:
            continue
        if each.author not in approved or approved[each.author] < each.at:
            yield OpenRequest(each.author, each.section)
