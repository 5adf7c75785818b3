"""What is kept of the policies that were tried."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.engines.policies import Outcome, Tried, read_trail, trail
from bot.vocabulary import PolicyGroup
from tests.engines.policies.test_filters import brief

texts = st.text(max_size=10)
tried = st.builds(
    Tried,
    policy_id=texts,
    name=texts,
    group=st.sampled_from(PolicyGroup),
    team_id=st.one_of(st.none(), texts),
    outcome=st.sampled_from(Outcome),
    why=texts,
    changes=st.dictionaries(texts, st.tuples(texts, texts), max_size=3),
)


def _passed_over(number: int) -> Tried:
    return Tried(f"{number}", "p", PolicyGroup.MODIFY, None, Outcome.NO_MATCH, "Tags is empty.")


@brief
@given(st.lists(tried, max_size=6))
def test_what_is_kept_is_read_again(trying: list[Tried]) -> None:
    assert read_trail(json.loads(json.dumps(trail(trying)))) == tuple(trying)


def test_of_very_many_that_are_broken_the_number_is_kept() -> None:
    broken = [Tried(f"{number}", "p", PolicyGroup.MODIFY, None, Outcome.BROKEN, "No.") for number in range(1_012)]
    last = Tried("last", "p", PolicyGroup.MODIFY, "ops", Outcome.APPLIED, "It is for every alert.")
    read = read_trail(trail([*broken, last]))
    assert [each.policy_id for each in read] == [*(str(number) for number in range(10)), "last", ""]
    assert (read[-1].outcome, read[-1].why) == (Outcome.BROKEN, "1,002 more policies are broken.")
    assert read_trail(trail(broken[:11]))[-1].why == "1 more policy is broken."


def test_of_very_many_that_did_nothing_the_number_is_kept() -> None:
    last = Tried("last", "p", PolicyGroup.MODIFY, "ops", Outcome.APPLIED, "It is for every alert.")
    read = read_trail(trail([*(_passed_over(number) for number in range(1_050)), last]))
    assert [each.policy_id for each in read] == [*(str(number) for number in range(50)), "last", ""]
    assert read[-1].why == "1,000 more policies did not fit."
    assert read_trail(trail([_passed_over(number) for number in range(51)]))[-1].why == "1 more policy did not fit."
    assert len(trail([_passed_over(number) for number in range(50)])) == 50
