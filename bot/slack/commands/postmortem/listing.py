"""`/postmortem list`: filters in any order, and pages that carry them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.engines import wallclock
from bot.errors import NotFound, Unreadable
from bot.escaping import mrkdwn_within, shortened
from bot.queries import postmortems, teams
from bot.queries.postmortems import Listing
from bot.queries.reading import Reading
from bot.queries.teams import TeamName
from bot.slack.cards.blocks import TEXT_LIMIT, Card
from bot.slack.cards.postmortem_lists import ROWS, list_card
from bot.slack.desk import Desk, Request
from bot.slack.words.local import day_words
from bot.slack.words.names import Ambiguous, Match, NoMatch, find
from bot.slack.words.normalise import for_parsing
from bot.slack.words.times import read_moment
from bot.slack.words.times.durations import read_duration
from bot.vocabulary import PostmortemStatus

STATUSES = {
    "draft": PostmortemStatus.DRAFT,
    "drafts": PostmortemStatus.DRAFT,
    "review": PostmortemStatus.IN_REVIEW,
    "reviews": PostmortemStatus.IN_REVIEW,
    "in-review": PostmortemStatus.IN_REVIEW,
    "published": PostmortemStatus.PUBLISHED,
}
OVERDUE, MINE = "overdue", "mine"
CANONICAL = {
    PostmortemStatus.DRAFT: "draft",
    PostmortemStatus.IN_REVIEW: "review",
    PostmortemStatus.PUBLISHED: "published",
}
SINCE = "since"
OFFERED = ("draft", "review", "published", OVERDUE, MINE, SINCE)
FILLERS = frozenset({"in", "of", "team", "the", "and", "last"})
"""Words that somebody says between filters."""
_PAGE = re.compile(r"\bpage (\d{1,6})$", re.IGNORECASE)
_QUOTED = re.compile(r'"([^"]+)"')
_MOST_WORDS_OF_A_DAY = 5
_EARLIEST = date(1971, 1, 1)
_NEAREST = 0.6
_TEAMS_NAMED = 10


@dataclass(frozen=True, slots=True)
class Filters:
    """What was typed behind `list`. `names` are the words that can only be a team's name, in their order."""

    status: PostmortemStatus | None = None
    overdue: bool = False
    mine: bool = False
    since: date | None = None
    names: tuple[str, ...] = ()
    page: int = 1


async def listed(request: Request, desk: Desk) -> Card:
    """`list [filters]`: newest first, in pages; a page beyond the last is the last."""
    postmortems.require_member(request.person, subject="postmortems")
    filters = read_filters(request.text, desk.reader.now(), request.person.zone)
    async with desk.reader() as reading:
        team = await named_team(reading, filters, request.text) if filters.names else None
        page, listing = filters.page, await _listing(reading, request, filters, team, page=filters.page)
        if page > 1 and not listing.items:
            total = (await _listing(reading, request, filters, team, page=1)).total
            page = max(1, -(-total // ROWS))
            listing = await _listing(reading, request, filters, team, page=page)
    line = " ".join(["postmortem list", *words_of(filters, team)])
    return list_card(listing, head=_head(listing.total, filters, team), line=line, page=page, public=request.public)


def read_filters(text: str, now: datetime, zone: ZoneInfo) -> Filters:
    """The filters in any order, read in the zone of who typed them.

    Raises:
        Unreadable: two states at once, or a day that cannot be read.
    """
    plain = for_parsing(text)
    turned = _PAGE.search(plain)
    plain = _PAGE.sub("", plain)
    quoted = tuple(_QUOTED.findall(plain))
    filters = Filters(page=max(1, int(turned[1])) if turned else 1)
    words = [word for word in (each.strip(",;") for each in _QUOTED.sub(" ", plain).split()) if word]
    place = 0
    while place < len(words):
        filters, taken = _read(filters, words[place:], now, zone)
        place += taken
    return replace(filters, names=(*filters.names, *quoted))


def _read(filters: Filters, words: Sequence[str], now: datetime, zone: ZoneInfo) -> tuple[Filters, int]:
    """The filters with what the first word says, and how many words that took."""
    word = words[0].casefold()
    if word in STATUSES:
        if filters.status not in {None, STATUSES[word]}:
            raise Unreadable("A list is of one state: type draft, review or published, not two of them.")
        return replace(filters, status=STATUSES[word]), 1
    if word == OVERDUE:
        return replace(filters, overdue=True), 1
    if word in {MINE, "my"}:
        return replace(filters, mine=True), 1
    if word == SINCE:
        day, taken = _day(words[1:], now, zone)
        return replace(filters, since=day), taken + 1
    for taken in (2, 1):
        if counted := _days_back(" ".join(words[:taken]).casefold(), now, zone):
            return replace(filters, since=counted), min(taken, len(words))
    return (filters, 1) if word in FILLERS else (replace(filters, names=(*filters.names, words[0])), 1)


def _day(words: Sequence[str], now: datetime, zone: ZoneInfo) -> tuple[date, int]:
    """The day in the past that the words begin with, and how many of them say it."""
    for taken in range(min(len(words), _MOST_WORDS_OF_A_DAY), 0, -1):
        phrase = " ".join(words[:taken])
        if day := _days_back(phrase.casefold(), now, zone):
            return day, taken
        try:
            return wallclock.to_local(read_moment(phrase, now, zone, direction="past").at, zone).date(), taken
        except Unreadable:
            continue
    seen = f"“{shortened(words[0], 40)}” is no day I can read" if words else "Since when"
    raise Unreadable(f"{seen}{'.' if words else '?'} Type it like since monday, since 2026-10-01 or 30d.")


def _days_back(phrase: str, now: datetime, zone: ZoneInfo) -> date | None:
    """`30d`, `2 weeks`: that many days before today."""
    duration = read_duration(phrase)
    if duration is None or not duration.days:
        return None
    today = wallclock.to_local(now, zone).date()
    return today - timedelta(days=min(duration.days, (today - _EARLIEST).days))


async def _listing(
    reading: Reading, request: Request, filters: Filters, team: TeamName | None, *, page: int
) -> Listing:
    since = filters.since
    return await postmortems.listing(
        reading,
        request.person,
        status=filters.status,
        overdue=filters.overdue,
        team_id=team.id if team else None,
        owner_id=request.person.id if filters.mine else None,
        since=beginning(since, request.person.zone) if since else None,
        limit=ROWS,
        offset=(page - 1) * ROWS,
    )


def beginning(day: date, zone: ZoneInfo) -> datetime:
    """When a day begins for somebody."""
    return wallclock.resolve(datetime.combine(day, time.min), zone)


async def named_team(reading: Reading, filters: Filters, text: str, *, beside: Sequence[str] = OFFERED) -> TeamName:
    """The team whose name the leftover words mean. `beside` are the other filters that such a line may have.

    Raises:
        NotFound: none, or several; the nearest filters are offered, each in place of what was typed.
    """
    known = await teams.all_by_name(reading)
    typed = " ".join(filters.names)
    match find(typed, [team.name for team in known]):
        case Match(name):
            return next(team for team in known if team.name == name)
        case Ambiguous(names):
            lines = [" ".join(words_of(filters, TeamName("", name))) for name in names]
            raise NotFound(f"“{shortened(typed, 60)}” fits several teams. Which one?", lines)
        case NoMatch(names):
            offers = [
                *_instead(filters, text, beside),
                *(" ".join(words_of(filters, TeamName("", name))) for name in names),
            ]
            raise NotFound(f"“{shortened(typed, 60)}” is not something to list by. {_choices(known, beside)}", offers)


def _instead(filters: Filters, text: str, beside: Sequence[str]) -> Iterator[str]:
    """The line with a slip of a filter's name mended, for each word that looks like one."""
    for word in filters.names:
        best = process.extractOne(word.casefold(), beside, scorer=OSA.normalized_similarity, score_cutoff=_NEAREST)
        if best is not None:
            yield _PAGE.sub("", for_parsing(text)).replace(word, best[0], 1).strip()


def _choices(known: Sequence[TeamName], beside: Sequence[str]) -> str:
    names = ", ".join(team.name for team in known[:_TEAMS_NAMED]) + (", …" if len(known) > _TEAMS_NAMED else "")
    own = f"There are: {', '.join(beside)} monday, 30d"
    return f"{own}, and the teams {names}." if known else f"{own}, and the name of a team."


def words_of(filters: Filters, team: TeamName | None) -> Iterator[str]:
    """The filters as one types them, in one order."""
    if filters.overdue:
        yield OVERDUE
    if filters.status:
        yield CANONICAL[filters.status]
    if filters.mine:
        yield MINE
    if team:
        yield f'"{team.name}"'
    if filters.since:
        yield f"since {filters.since}"


def _head(total: int, filters: Filters, team: TeamName | None) -> str:
    """`3 overdue postmortems in review of Payments, since Mon 16 Nov 2026`, escaped."""
    head = f"{total or 'No'} {_kind(filters, total)}"
    if filters.mine:
        head += " of yours"
    if team:
        head += f" of {mrkdwn_within(team.name, TEXT_LIMIT // 10)}"
    if filters.since:
        head += f", since {day_words(filters.since)} {filters.since.year}"
    return head


def _kind(filters: Filters, total: int) -> str:
    noun = "postmortem" if total == 1 else "postmortems"
    late = "overdue " if filters.overdue else ""
    match filters.status:
        case PostmortemStatus.DRAFT:
            return f"{late}draft{'s' * (total != 1)}"
        case PostmortemStatus.IN_REVIEW:
            return f"{late}{noun} in review"
        case PostmortemStatus.PUBLISHED:
            return f"{late}published {noun}"
        case None:
            return f"{late}{noun}"
