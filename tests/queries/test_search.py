"""Finding postmortems by words, and lists of them by filters: what is found, in which order, and at what cost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlmodel import select

from bot.engines.searching import hits, words_of
from bot.errors import NotAllowed, Unreadable
from bot.queries import postmortems, search
from bot.queries.search import Found
from bot.usecases.actions.add import add as add_action
from bot.usecases.actions.remove import remove as remove_action
from bot.usecases.actions.restore import restore as restore_action
from bot.usecases.actions.wanted import WantedAction
from bot.usecases.housekeeping.fill_search import SearchFill
from bot.usecases.postmortems.delete import delete as delete_postmortem
from bot.usecases.postmortems.indexing import index as index_row
from bot.usecases.postmortems.indexing import index_incident
from bot.usecases.postmortems.undelete import undelete
from bot.usecases.teams.name_team import name_team
from bot.usecases.timeline.add import add as add_entry
from bot.usecases.timeline.edit import edit as edit_entry
from bot.usecases.timeline.remove import remove as remove_entry
from bot.usecases.timeline.restore import restore as restore_entry
from bot.usecases.timeline.wanted import MarkedMessage, WantedEntry
from bot.usecases.unit import Unit
from bot.vocabulary import Severity
from storage import models
from storage import postmortems as stored
from storage import search as index
from tests.conftest import met
from tests.usecases.stories import Story, statements

TITLES = (
    "Redis was full",
    "Checkout down: Café in Zürich 100%",
    "🔥 in the datacenter",
    "SELECT * FROM users; DROP TABLE x",
    "מסד הנתונים נפל",
    "数据库连接超时",
)


LOOKED_FOR: tuple[tuple[str, list[str]], ...] = (
    ("redis", ["PM-1"]),
    ("REDIS Full", ["PM-1"]),
    ("re fu", ["PM-1"]),
    ("edis", []),
    ("redis zurich", []),
    ("payments", ["PM-1"]),
    ("pool shop payments redis", ["PM-1"]),
    ("“connection” pool", ["PM-1"]),
    ("cafe zurich", ["PM-2"]),
    ("100%", ["PM-2"]),
    ("🔥", ["PM-3"]),
    ("🔥 datacenter", ["PM-3"]),
    ("👍", []),
    ("select * from", ["PM-4"]),
    ("'; drop table x; --", ["PM-4"]),
    ("מסד", ["PM-5"]),
    ("\u202eנפל\u202c", ["PM-5"]),
    ("超时", ["PM-6"]),
    ("th", ["PM-3", "PM-1"]),
    ("t", []),
    ("pm-4", ["PM-4"]),
    ("INC-5", ["PM-5"]),
    ("NEAR(redis, 3) AND NOT", []),
    ("redis OR title:full*", []),
    ("-redis ^full {words}: + ()", []),
    ("redis full &amp; | ! <-> :* \\", []),
    ("redis \x00 full", ["PM-1"]),
)
WORDS = ("checkout", "down", *"abcdefghijklmnop")


@pytest.fixture
async def library(story: Story) -> Story:
    """Six postmortems of various titles, the first with text and services."""
    for place, title in enumerate(TITLES):
        await story.created(title=title, services=("Payments API",) if place == 0 else ())
    await story.wrote(1, "Nothing here.\nThe connection-pool of the shop ran out & <b> stopped.\nLater it was well.")
    return story


async def _found(story: Story, text: str, **page: int) -> Found:
    async with story.reader() as reading:
        return await search.find(reading, story.ana, text, **page)


def _labels(found: Found) -> list[str]:
    return [hit.postmortem.label for hit in found.hits]


async def test_what_is_found_and_what_holds_no_word(library: Story) -> None:
    for typed, labels in LOOKED_FOR:
        assert _labels(await _found(library, typed)) == labels, typed
    for typed in ("", "%", '"', "*", "?!… —", "\u200b", "'"):
        with pytest.raises(Unreadable, match="Type a word or two"):
            await _found(library, typed)


async def test_the_line_with_most_of_the_words_is_told(library: Story) -> None:
    (hit,) = (await _found(library, "pool stopped")).hits
    assert hit.line == "The connection-pool of the shop ran out & <b> stopped."
    assert (await _found(library, "redis")).hits[0].line == ""
    assert (await _found(library, "payments")).hits[0].line == "Affected services: Payments API"


async def test_of_three_hundred_words_the_first_sixteen_count(library: Story) -> None:
    wanted = "redis was full payments api connection pool of the shop ran out stopped later it well"
    found = await _found(library, f"{wanted} {' '.join(f'nothing{each}' for each in range(284))}")
    assert (_labels(found), len(found.words), found.left_out) == (["PM-1"], 16, 284)


async def test_it_is_newest_first_in_pages(story: Story) -> None:
    for _ in range(7):
        await story.created(title="Checkout down")
    first, second = await _found(story, "checkout", limit=5), await _found(story, "checkout", limit=5, offset=5)
    assert (_labels(first), first.total) == (["PM-7", "PM-6", "PM-5", "PM-4", "PM-3"], 7)
    assert (_labels(second), second.total) == (["PM-2", "PM-1"], 7)


async def test_the_index_follows_the_text_in_the_same_transaction(story: Story) -> None:
    await story.created()
    version = await story.wrote(1, "the certificate expired")
    assert _labels(await _found(story, "certificate")) == ["PM-1"]
    await story.wrote(1, "the key was lost", version=version)
    assert _labels(await _found(story, "certificate")) == []
    assert _labels(await _found(story, "key lost checkout")) == ["PM-1"]


async def test_everything_around_the_text_is_found_with_its_line(story: Story) -> None:
    await story.created()
    await story.created(title="Another one")
    async with story.units.begin(story.ana) as unit:
        await _gathered(unit)
    for typed, line in (
        ("rolled ana", "Timeline: @Ana rolled & <back> the deployment"),
        ("dashboard", "Timeline, files: dashboard.png, errors.csv"),
        ("alarm", "Action: Add an alarm for the pool"),
        ("ops-77", "Jira issue of an action: OPS-77"),
        ("evidence", "Review: Where is the evidence?"),
        ("INC-1", "Incident INC-1: Queue stuck"),
        ("stuck", "Incident INC-1: Queue stuck"),
        ("consumers", "Incident INC-1: no consumers were left"),
        ("ops-3", "Jira issues: OPS-3, OPS-4"),
        ("contributing", "Contributing factors"),
        ("fault", ""),
    ):
        found = await _found(story, typed)
        assert [hit.line for hit in found.hits] == ([line] if line else []), typed


async def _gathered(unit: Unit) -> None:
    """Beside the text of PM-1: a marked message, an action, a remark, its incident's own words, Jira's, a heading."""
    message = MarkedMessage(channel="C1", ts="1.1", author_name="bot", file_names=("dashboard.png", "errors.csv"))
    said = "<@UANA> rolled &amp; &lt;back&gt; the deployment"
    await add_entry(unit, 1, WantedEntry(at=unit.now, text=said, message=message))
    await add_action(unit, 1, WantedAction("Add an alarm for the pool", None, None))
    row = await stored.by_number(unit.session, 1, lock=True)
    assert row
    (action,) = await unit.session.exec(select(models.ActionItem))
    action.jira_url = "https://example.atlassian.net/browse/OPS-77"
    remark = models.Remark(postmortem_id=row.id, user_id=unit.person.id, text="Where is the evidence?", at=unit.now)
    unit.session.add(remark)
    incident = await unit.session.get_one(models.Incident, row.incident_id)
    incident.message, incident.description = "Queue stuck", "no consumers were left"
    section = (await stored.sections(unit.session, row.id))[0]
    section.title, section.prompt = "Contributing factors", ""
    row.jira_issues = ["OPS-3", "OPS-4"]
    await index_incident(unit, incident.id)


async def test_entries_and_actions_are_found_where_they_stand_now(story: Story) -> None:
    await story.created()
    await story.created()
    async with story.units.begin(story.ana) as unit:
        entry = (await add_entry(unit, 1, WantedEntry(at=unit.now, text="failover began"))).entry_id
        action = await add_action(unit, 1, WantedAction("rehearse it", None, None))
    assert _labels(await _found(story, "failover rehearse")) == ["PM-1"]
    async with story.units.begin(story.ana) as unit:
        await edit_entry(unit, entry, at=unit.now, text="switchover began", to=2, version=1)
        removed = await remove_action(unit, action, version=1)
    assert _labels(await _found(story, "failover")) == _labels(await _found(story, "rehearse")) == []
    assert _labels(await _found(story, "switchover")) == ["PM-2"]
    async with story.units.begin(story.ana) as unit:
        await restore_action(unit, removed)
        gone = await remove_entry(unit, 2, entry, version=3)
    assert _labels(await _found(story, "switchover")) == []
    async with story.units.begin(story.ana) as unit:
        await restore_entry(unit, gone)
    assert _labels(await _found(story, "rehearse")) == ["PM-1"]
    assert _labels(await _found(story, "switchover")) == ["PM-2"]


async def test_a_text_beyond_all_measure_is_found_by_its_first_words(story: Story) -> None:
    await story.created()
    words = [f"w{number:x}{'é' * 40}" for number in range(12_000)]
    await story.wrote(1, " ".join(words[:900]))
    async with story.units.begin(None) as unit:
        row = await stored.by_number(unit.session, 1, lock=True)
        assert row
        row.jira_issues = words
        await index_row(unit, row)
    assert _labels(await _found(story, words[0])) == ["PM-1"]
    assert _labels(await _found(story, words[-1])) == []


async def test_a_deleted_one_is_not_found(library: Story) -> None:
    async with library.units.begin(library.ana) as unit:
        await delete_postmortem(unit, 1)
    assert _labels(await _found(library, "redis")) == []
    async with library.units.begin(library.ana) as unit:
        await undelete(unit, 1)
    assert _labels(await _found(library, "redis")) == ["PM-1"]


async def test_guests_find_nothing(library: Story) -> None:
    guest = await met(library.units, "UGUEST", outsider=True)
    async with library.reader() as reading:
        with pytest.raises(NotAllowed):
            await search.find(reading, guest, "redis")


async def test_what_was_written_before_there_was_an_index_is_filled_in_once(library: Story) -> None:
    async with library.units.begin(None) as unit:
        await index.remove_all(unit.session)
    fill = SearchFill(library.units)
    assert [await fill.run(limit=4) for _ in range(3)] == [4, 2, 0]
    assert _labels(await _found(library, "pool redis payments")) == ["PM-1"]
    assert await SearchFill(library.units).run() == 0


async def _listed(story: Story, **filters: Any) -> list[str]:
    async with story.reader() as reading:
        found = await postmortems.listing(reading, story.ana, **filters)
    return [each.label for each in found.items]


async def test_a_list_is_narrowed_by_team_owner_and_day(story: Story) -> None:
    async with story.units.begin(story.ana) as unit:
        team = (await name_team(unit, "Payments")).id
    await story.created(team_id=team)
    await story.created(owner_id=story.raj.id)
    story.clock.advance(days=3)
    await story.created(owner_id=story.raj.id, team_id=team)
    assert await _listed(story, team_id=team) == ["PM-3", "PM-1"]
    assert await _listed(story, owner_id=story.raj.id) == ["PM-3", "PM-2"]
    assert await _listed(story, owner_id=story.raj.id, team_id=team) == ["PM-3"]
    assert await _listed(story, since=datetime(2026, 11, 20, tzinfo=UTC)) == ["PM-3"]


@pytest.mark.parametrize(
    ("hour", "overdue"),
    [(9, []), (10, ["PM-2"]), (11, ["PM-2"]), (22, ["PM-2"]), (23, ["PM-2", "PM-1"])],
)
async def test_what_is_overdue_is_by_the_day_of_each_owner(story: Story, hour: int, overdue: Sequence[str]) -> None:
    """Thursday 19 is over on Kiritimati at 10:00 UTC, in Berlin at 23:00 UTC, in Honolulu the next morning."""
    far = await met(story.units, "UFAR", timezone="Pacific/Kiritimati")
    late = await met(story.units, "ULATE", timezone="Pacific/Honolulu")
    nowhere = await met(story.units, "UNOWHERE", timezone=None)
    due = date(2026, 11, 19)
    for owner in (story.ana, far, late, nowhere):
        await story.created(owner_id=owner.id, due_on=due)
    story.clock.now = datetime(2026, 11, 19, hour, 0, tzinfo=UTC)
    assert await _listed(story, overdue=True) == overdue


async def test_the_cost_does_not_grow_with_the_rows(story: Story) -> None:
    costs: list[list[int]] = []
    for more in (10, 1_000):
        await _many(story, more)
        async with story.reader() as reading:
            with statements() as one:
                await search.find(reading, story.ana, "checkout")
            with statements() as many:
                await search.find(reading, story.ana, " ".join(WORDS))
            with statements() as listed:
                await postmortems.listing(reading, story.ana, overdue=True, limit=8)
        costs.append([len(one), len(many), len(listed)])
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 6


SCRAPS = (
    *(
        "redis",
        "Redis",
        "reds",
        "re",
        "r",
        "café",
        "CAFE",
        "straße",
        "ﬁle",
        "数据库",
        "数",
        "🔥",
        "👩‍👩‍👧",
        "שלום",
        "हिन्दी",
    ),
    *(
        "%",
        '"',
        "*",
        "'",
        "NEAR",
        "AND",
        "NOT",
        "OR",
        ":*",
        "\\",
        "&amp;",
        "<b>",
        "x" * 90,
        "x" * 64,
        "OPS-12",
        "12",
        "\x00",
    ),
)


async def test_both_databases_find_what_the_words_say(story: Story) -> None:
    """Forty texts made of scraps, and as many questions: what is found is what the pure rules find."""
    chance = Random(7)
    texts = {number: " ".join(chance.choices(SCRAPS, k=chance.randint(1, 6))) for number in range(1, 41)}
    await _rows(story, texts)
    async with story.units.begin(None) as unit:
        await index.put_many(unit.session, [(number, words_of(text)) for number, text in texts.items()])
    questions = (" ".join(chance.choices(SCRAPS, k=chance.randint(1, 3))) for _ in range(40))
    for question in filter(words_of, questions):
        wanted = words_of(question)
        expected = [each for each, text in reversed(texts.items()) if hits(words_of(text), wanted) == len(wanted)]
        found = await _found(story, question, limit=50)
        assert ([hit.postmortem.number for hit in found.hits], found.total) == (expected, len(expected)), question


async def _many(story: Story, count: int) -> None:
    numbers = range(count * 1_000, count * 1_001)
    await _rows(story, numbers)
    async with story.units.begin(None) as unit:
        await index.put_many(unit.session, [(number, WORDS) for number in numbers])


async def _rows(story: Story, numbers: Iterable[int]) -> None:
    """Postmortems of these numbers that nobody has indexed."""
    async with story.units.begin(None) as unit:
        for number in numbers:
            made = story.clock.now - timedelta(days=20)
            incident = models.Incident(
                number=number,
                message="x",
                message_key="x",
                priority=Severity.P2,
                started_at=made,
                created_at=made,
                updated_at=made,
            )
            unit.session.add(incident)
            unit.session.add(
                models.Postmortem(
                    number=number,
                    title="Checkout down",
                    severity=Severity.P2,
                    owner_id=story.ana.id,
                    incident_id=incident.id,
                    started_at=made,
                    draft_due_on=made.date(),
                    text_changed_at=made,
                    created_at=made,
                    created_by=story.ana.id,
                )
            )
