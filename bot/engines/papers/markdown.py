"""A paper as Markdown that people read: in a repository, a wiki, an editor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.engines.documents.links import is_linked
from bot.engines.documents.markdown import to_markdown
from bot.engines.papers.paper import Paper, PaperAction, PaperEntry, PaperRemark, PaperReviewer, PaperSection
from bot.engines.papers.words import heading, moment, times
from bot.vocabulary import ActionStatus

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")
_LINE_MARK = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")
_ADDRESS = re.compile(r"[\s<>()\\]")
_NOTHING = "_Nothing written yet._"


def as_markdown(paper: Paper) -> str:
    """The paper from its title to its related incidents; what is empty is left out, but for its sections."""
    parts = [f"# {_text(heading(paper))}", _list(_facts(paper))]
    if paper.summary is not None:
        parts += ["## Executive summary", to_markdown(paper.summary, readable=True).strip() or _NOTHING]
    for section in paper.sections:
        parts += _section(section)
    if paper.timeline:
        parts += ["## Timeline", _list(map(_entry, paper.timeline))]
    if paper.actions:
        parts += ["## Actions", "\n".join(map(_action, paper.actions))]
    if paper.said:
        parts += ["## Review", _list(map(_said, paper.said))]
    if paper.jira_issues:
        parts += ["## Jira issues", _list(map(_link, paper.jira_issues))]
    if paper.related:
        parts += ["## Related incidents", _list(_text(f"{each.label} {each.message}") for each in paper.related)]
    return "\n\n".join(parts) + "\n"


def _facts(paper: Paper) -> Iterator[str]:
    version = f", version {paper.version}" if paper.version else ""
    yield f"**Status:** {paper.status.replace('-', ' ')}{version}"
    yield f"**Severity:** {paper.severity}"
    yield f"**Incident:** {_text(f'{paper.incident.label} {paper.incident.message}')}, {paper.incident.status}"
    for name, at, since in times(paper):
        yield f"**{name}:** {at}" + (f", {since}" if since else "")
    yield f"**Owner:** {_text(paper.owner)}" + (f", {_text(paper.team)}" if paper.team else "")
    if paper.published_at:
        yield f"**Published:** {moment(paper.published_at)}"
    if paper.services:
        yield f"**Services:** {_text(', '.join(paper.services))}"
    if paper.responders:
        named = (f"{each.name} ({each.role})" if each.role else each.name for each in paper.responders)
        yield f"**Responders:** {_text(', '.join(named))}"


def _section(section: PaperSection) -> list[str]:
    body = to_markdown(section.body, readable=True).strip()
    if not section.title:
        return [body] if body else []
    return [f"## {_text(section.title)}", body or _NOTHING]


def _entry(entry: PaperEntry) -> str:
    said = _text(entry.text)
    files = f"files: {_text(', '.join(entry.file_names))}" if entry.file_names else ""
    source = [_text(entry.author), files, _link(entry.permalink, "message") if entry.permalink else ""]
    told = ", ".join(each for each in source if each)
    return " ".join(each for each in (f"**{moment(entry.at)}**", said, f"({told})" if told else "") if each)


def _action(action: PaperAction) -> str:
    facts = [
        _text(action.owner) if action.owner else "no owner",
        f"due {action.due_on}" if action.due_on else "",
        str(action.kind or ""),
        "not needed" if action.status is ActionStatus.NOT_NEEDED else "",
        _link(action.jira_url) if action.jira_url else "",
    ]
    box = " " if action.status is ActionStatus.OPEN else "x"
    return f"- [{box}] {_text(action.text)} ({', '.join(each for each in facts if each)})"


def _reviewer(reviewer: PaperReviewer) -> str:
    when = f", {moment(reviewer.said_at)}" if reviewer.said_at else ""
    note = f": {_text(reviewer.note)}" if reviewer.note else ""
    return f"{_text(reviewer.name)}: {reviewer.verdict.replace('-', ' ')}{when}{note}"


def _said(each: PaperReviewer | PaperRemark) -> str:
    return _remark(each) if isinstance(each, PaperRemark) else _reviewer(each)


def _remark(remark: PaperRemark) -> str:
    return f"{_text(remark.author)} {_text(remark.deed)}, {moment(remark.at)}: {_text(remark.text)}"


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _link(address: str, words: str = "") -> str:
    """A link, where the address is one that may be followed; else its text."""
    if not is_linked(address):
        return _text(address)
    encoded = _ADDRESS.sub(lambda mark: "".join(f"%{byte:02X}" for byte in mark[0].encode()), address.strip())
    return f"[{_text(words or address)}]({encoded})"


def _text(typed: str) -> str:
    """Text in one line that is shown as it was typed: no mark in it formats, and no tag in it is one."""
    line = " ".join(typed.split())
    return _LINE_MARK.sub(r"\1\\\2", _MARKS.sub(r"\\\1", line).replace("&", "&amp;"))
