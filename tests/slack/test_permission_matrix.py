"""The permission table, tried in every way by everybody.

Run it with `-s` to see it as one table; a row that fails prints itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pytest

from bot.slack import patience
from bot.vocabulary import Role, Verb
from tests.slack.conftest import Town
from tests.slack.matrix import alerts, incidents, on_call, postmortems, reviewers, templates
from tests.slack.matrix.company import CAST, Company, founded
from tests.slack.matrix.ways import Way, Ways

MEMBERS = "members of this workspace"
EXPECTED = f"""
verb                            outsider member teammate lead owner reviewer admin | who can
ask-on-call                     yes      yes    yes      yes  -     -        yes   | everybody
ask-on-call, in a picture       yes      yes    yes      yes  -     -        yes   | everybody
ask-postmortem                  no       yes    yes      yes  yes   yes      yes   | {MEMBERS}
create-postmortem               no       yes    yes      yes  yes   yes      yes   | {MEMBERS}
edit-section                    no       yes    yes      yes  yes   yes      yes   | {MEMBERS}
keep-timeline                   no       yes    yes      yes  yes   yes      yes   | {MEMBERS}
keep-actions                    no       yes    yes      yes  yes   yes      yes   | {MEMBERS}
comment                         no       yes    yes      yes  yes   yes      yes   | {MEMBERS}
submit                          no       yes    yes      yes  yes   yes      yes   | {MEMBERS}
assign                          no       yes    yes      yes  yes   yes      yes   | {MEMBERS}
snooze-self                     no       yes    yes      yes  yes   yes      yes   | {MEMBERS}
snooze-others                   no       no     no       yes  yes   no       yes   | its owner ({{owner}}), a lead of its team ({{lead}}) or an admin
give-verdict                    no       no     no       no   no    yes      no    | a reviewer named on
publish                         no       no     no       yes  yes   yes      yes   | its owner ({{owner}}), its reviewers ({{reviewer}}), a lead of its team ({{lead}}) or an admin
reopen                          no       no     no       yes  yes   yes      yes   | its owner ({{owner}}), its reviewers ({{reviewer}}), a lead of its team ({{lead}}) or an admin
delete-postmortem               no       no     no       yes  yes   no       yes   | its owner ({{owner}}), a lead of its team ({{lead}}) or an admin
create-schedule                 no       yes    yes      yes  -     -        yes   | {MEMBERS}
edit-schedule, a team's         no       no     yes      yes  -     -        yes   | people of its team, a lead of its team ({{lead}}) or an admin
edit-schedule, nobody's         no       yes    -        -    -     -        yes   | {MEMBERS}
delete-schedule, a team's       no       no     no       yes  -     -        yes   | a lead of its team ({{lead}}) or an admin
delete-schedule, nobody's       no       no     -        -    -     -        yes   | an admin
override-self                   no       yes    yes      yes  -     -        yes   | {MEMBERS}
override-others, a team's       no       no     yes      yes  -     -        yes   | people of its team, a lead of its team ({{lead}}) or an admin
override-others, nobody's       no       yes    -        -    -     -        yes   | {MEMBERS}
undo-own                        no       yes    yes      yes  -     -        yes   | {MEMBERS}
undo-others, a team's           no       no     no       yes  -     -        yes   | a lead of its team ({{lead}}) or an admin
undo-others, nobody's           no       no     -        -    -     -        yes   | an admin
keep-templates, a team's        no       no     no       yes  -     -        yes   | a lead of its team ({{lead}}) or an admin
keep-templates, nobody's        no       no     -        -    -     -        yes   | an admin
keep-reviewers, a team's        no       no     no       yes  -     -        yes   | a lead of its team ({{lead}}) or an admin
keep-reviewers, nobody's        no       yes    -        -    -     -        yes   | {MEMBERS}
declare-incident                no       yes    yes      yes  yes   yes      yes   | {MEMBERS}
page                            no       yes    yes      yes  -     -        yes   | {MEMBERS}
answer-alert                    no       yes    yes      yes  -     -        yes   | {MEMBERS}
link-channel                    no       yes    yes      yes  -     -        yes   | {MEMBERS}
subscribe                       yes      yes    yes      yes  -     -        yes   | everybody
"""  # noqa: E501  a table reads best when its rows are lines
"""Who may what. `-` is nobody: schedules and templates have no owner and no reviewer, what is nobody's has no team."""

SENTENCE = re.compile(r"Only (?P<who>[^\n]+?) can [^.\n]+(?:: [^.\n]+)?\.")
"""A refusal: one sentence that says who can."""
OUTCOMES: dict[str, list[str]] = {}
WAYS_WITHOUT_A_TEAM: Mapping[Verb, Callable[[], Ways]] = {
    Verb.ANSWER_ALERT: alerts.ways,
    Verb.DECLARE_INCIDENT: incidents.ways,
}


@dataclass(frozen=True)
class Row:
    """One row of the table."""

    name: str
    may: dict[Role, bool]
    who: str

    @property
    def verb(self) -> Verb:
        return Verb(self.name.partition(",")[0])

    @property
    def ways(self) -> Ways:
        if self.verb in postmortems.WAYS:
            return postmortems.WAYS[self.verb]
        if self.verb in WAYS_WITHOUT_A_TEAM:
            return WAYS_WITHOUT_A_TEAM[self.verb]()
        has_team = not self.name.endswith("nobody's")
        if self.verb is Verb.KEEP_TEMPLATES:
            return templates.ways(has_team=has_team)
        if self.verb is Verb.KEEP_REVIEWERS:
            return reviewers.ways(has_team=has_team)
        if self.name.endswith("in a picture"):
            return on_call.in_a_picture()
        return on_call.ways(self.verb, has_team=has_team)


def _rows() -> list[Row]:
    heading, *lines = EXPECTED.strip().splitlines()
    roles = [Role(each) for each in heading.partition("|")[0].split()[1:]]
    return [_row(line, roles) for line in lines]


def _row(line: str, roles: list[Role]) -> Row:
    cells, _, who = line.partition("|")
    *name, _ = re.split(r"\s{2,}", cells.strip(), maxsplit=1)
    answers = cells.split()[-len(roles) :]
    may = {role: each == "yes" for role, each in zip(roles, answers, strict=True) if each != "-"}
    return Row(name[0], may, who.strip())


ROWS = _rows()


@pytest.fixture(scope="module", autouse=True)
def printed() -> Iterator[None]:
    """The whole table, once all of it was tried."""
    yield
    heading = f"{'verb':26} {'way':9} {''.join(f'{role:10}' for role in Role)}"
    print("\n\n" + "\n".join([heading, *(line for lines in OUTCOMES.values() for line in lines)]))


@pytest.fixture
async def company(town: Town, monkeypatch: pytest.MonkeyPatch) -> Company:
    """Everybody, in one company. A busy machine is no reason to be told that it takes longer."""
    monkeypatch.setattr(patience, "PATIENCE_SECONDS", 60)
    return await founded(town)


def test_every_verb_stands_in_the_table() -> None:
    assert {row.verb for row in ROWS} == set(Verb)
    assert {role for row in ROWS for role in row.may} == set(Role) == set(CAST)


# Who may is judged in Python from rows that both databases answer alike; the stories run on both.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
async def test_who_may_does_it_in_every_way_and_who_may_not_is_told_who_can(company: Company, row: Row) -> None:
    tries = {
        name: {role: await _tried(company, row, way, role) for role in row.may}
        for name, way in row.ways.each().items()
        if isinstance(way, Way)
    }
    OUTCOMES[row.name] = _printed(row, tries)
    print("\n".join(OUTCOMES[row.name]))
    faults = [f"{name}, {role}: {each.fault}" for name, cells in tries.items() for role, each in cells.items()]
    assert [each for each in faults if not each.endswith(": ")] == []


@dataclass(frozen=True)
class Try:
    """What came of it, in a word, and what should not have come of it."""

    outcome: str
    fault: str = ""


async def _tried(company: Company, row: Row, way: Way, role: Role) -> Try:
    attempt = await way.prepare(company, role)
    await company.settled()
    before = await company.rows()
    told = await attempt()
    await company.settled()
    changed = sorted(table for table, rows in (await company.rows()).items() if rows != before[table])
    if row.may[role]:
        is_done = any(way.shows in text for text in told) if way.shows else bool(changed)
        is_refused = any(SENTENCE.search(text) for text in told)
        if is_done and not is_refused:
            return Try("shown" if way.shows else "done")
        return Try("WRONG", f"may, but was told {told}")
    fault = f"changed {changed}" if changed else _fault_of_refusal(company, row, told)
    return Try("WRONG" if fault else "refused", fault)


def _fault_of_refusal(company: Company, row: Row, told: list[str]) -> str:
    """What is not as it should be, if anything: one sentence, in one place, that says who can."""
    if len(told) != 1:
        return f"told {len(told)} times: {told}"
    found = SENTENCE.search(told[0])
    if found is None:
        return f"not refused in one sentence that says who can: {told[0]!r}"
    who = row.who.format(**{str(role): company.person(role).name for role in CAST})
    return "" if found["who"].startswith(who) else f"names {found['who']!r}, not {who!r}"


def _printed(row: Row, tries: Mapping[str, Mapping[Role, Try]]) -> list[str]:
    lines = []
    for name, way in row.ways.each().items():
        if isinstance(way, Way):
            cells = (tries[name][role].outcome if role in row.may else "-" for role in Role)
            words = "".join(f"{each:10}" for each in cells)
        else:
            words = way
        lines.append(f"{row.name:26} {name:9} {words}".rstrip())
    return lines
