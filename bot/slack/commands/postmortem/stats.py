"""`/postmortem stats`: postmortems counted, and the same as a CSV file."""

from __future__ import annotations

from bot.errors import Unreadable
from bot.escaping import mrkdwn_within
from bot.queries import stats
from bot.queries.postmortems import require_member
from bot.queries.stats import Stats
from bot.queries.teams import TeamName
from bot.slack.cards.blocks import Card
from bot.slack.cards.stats import NAME_CHARACTERS, csv_as_text_card, csv_sent_card, csv_text, stats_card
from bot.slack.commands.postmortem.listing import SINCE, Filters, beginning, named_team, read_filters, words_of
from bot.slack.desk import Desk, Request
from bot.slack.direct_files import sent_to
from bot.slack.words.local import day_words
from bot.slack.words.normalise import split_word

CSV = "csv"


async def counted(request: Request, desk: Desk) -> Card:
    """`stats [team] [since]`: of all, of a team, of those made since a day; `stats csv` sends them as a file."""
    require_member(request.person, subject="postmortems")
    first, rest = split_word(request.text)
    as_file = first.casefold() == CSV
    text = rest if as_file else request.text
    filters = read_filters(text, desk.reader.now(), request.person.zone)
    if filters.status or filters.overdue or filters.mine:
        raise Unreadable("Statistics are of all states and owners: type a team, since when, or both.")
    async with desk.reader() as reading:
        team = await named_team(reading, filters, text, beside=[SINCE]) if filters.names else None
        since = beginning(filters.since, request.person.zone) if filters.since else None
        found = await stats.stats_of(reading, request.person, team_id=team.id if team else None, since=since)
    if as_file and not request.public:
        return await _sent(found, request, desk)
    line = " ".join(["postmortem stats", *words_of(filters, team)])
    return stats_card(found, of=_of(filters, team), line=line, public=request.public)


async def _sent(found: Stats, request: Request, desk: Desk) -> Card:
    """The file in the asker's direct messages; where Slack takes none, what it says."""
    text, name = csv_text(found), f"postmortems-{desk.reader.now():%Y-%m-%d}.csv"
    content = text.encode("utf-8-sig")  # the mark by which spreadsheets know what the letters are
    was_taken = await sent_to(request.person, desk, content, name=name, title=name, said="Postmortems, counted:")
    return csv_sent_card(name) if was_taken else csv_as_text_card(text)


def _of(filters: Filters, team: TeamName | None) -> str:
    of_team = f" of {mrkdwn_within(team.name, NAME_CHARACTERS)}" if team else ""
    return f"{of_team}, since {day_words(filters.since)} {filters.since.year}" if filters.since else of_team
