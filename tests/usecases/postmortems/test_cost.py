"""What a verb costs does not grow with what else there is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date

import pytest

from bot.engines.documents.document import from_plain
from bot.usecases.postmortems.approve import approve
from bot.usecases.postmortems.create import create
from bot.usecases.postmortems.edit_section import edit_section
from bot.usecases.postmortems.snooze import snooze
from bot.usecases.postmortems.submit import submit
from bot.usecases.reminders.wake import wake
from bot.usecases.unit import Unit
from tests.usecases.stories import Story, statements, wanted

Step = Callable[[Unit, Story], Awaitable[object]]
STEPS: dict[str, Step] = {
    "create": lambda unit, story: create(unit, wanted(story.raj, unit.now, services=("Api", "Web"))),
    "edit": lambda unit, _: edit_section(unit, 1, "fault", from_plain("x"), version=1),
    "submit": lambda unit, story: submit(unit, 1, [story.raj.id, story.li.id]),
    "approve": lambda unit, _: approve(unit, 2),
    "snooze": lambda unit, _: snooze(unit, 1, date(2027, 1, 1)),
}


async def _undone(story: Story, step: Step) -> None:
    """Carry a step out up to its last statement, and let nothing of it be."""
    with pytest.raises(RuntimeError):
        async with story.units.begin(story.raj) as unit:
            await step(unit, story)
            await unit.session.flush()
            raise RuntimeError


@pytest.mark.parametrize("step", STEPS)
async def test_a_verb_costs_the_same_however_much_there_is(story: Story, step: str) -> None:
    costs = []
    for more in (2, 6):
        for _ in range(more):
            await story.created(services=("Api", "Web"))
        if more == 2:
            await story.submitted(2, story.raj, story.li)
        with statements() as seen:
            await _undone(story, STEPS[step])
        costs.append(len(seen))
    assert costs[0] == costs[1] <= 40, "\n".join(seen)


async def test_a_waking_costs_the_same_however_many_things_wait_for_a_person(story: Story) -> None:
    costs = []
    for more in (2, 6):
        for number in [await story.created() for _ in range(more)]:
            await story.submitted(number, story.raj)
        story.clock.advance(days=7)
        async with story.units.begin(None) as unit:
            with statements() as seen:
                assert (await wake(unit)).people
                reads = [each for each in seen if each.lstrip().upper().startswith("SELECT")]
        costs.append(len(reads))
    assert max(costs) <= 13
