"""What else a postmortem names: who responded, other incidents, and issues elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from bot.escaping import mrkdwn, mrkdwn_within
from bot.queries.postmortems import PostmortemView
from bot.slack.cards.blocks import TEXT_LIMIT
from bot.slack.cards.parties import counted

MOST_NAMED = 8
LONGEST_LINK, LONGEST_NAME = 250, 80
"""So that as many as are named fit into one line of a card."""


def involved_words(view: PostmortemView) -> str:
    """Who responded, and as what; empty where nobody is named."""
    people = [f"{each.name} ({role})" if (role := view.roles.get(each.id)) else each.name for each in view.responders]
    told = [*people, *(f"the team {name}" for name in view.teams)]
    return mrkdwn_within(f"Responders: {', '.join(told)}", TEXT_LIMIT) if told else ""


def beside_words(view: PostmortemView) -> Iterator[str]:
    """The related incidents and the Jira issues, a line each where there are any."""
    if view.related_incidents:
        told = [f"{each.label} {each.message}" for each in view.related_incidents]
        yield mrkdwn_within(f"Related incidents: {', '.join(counted(told, MOST_NAMED))}", TEXT_LIMIT)
    if view.jira_issues:
        yield f"Jira issues: {', '.join(counted([issue_link(each) for each in view.jira_issues], MOST_NAMED))}"


def issue_link(url: str) -> str:
    """A link that says the issue's key, the last part of its address."""
    path = urlsplit(url).path.rstrip("/")
    name = mrkdwn_within(path.rpartition("/")[2] or url, LONGEST_NAME)
    link = mrkdwn(quote(url, safe=":/?#[]@!$&'()*+,;=%~"))
    return f"<{link}|{name}>" if len(link) <= LONGEST_LINK else name
