from __future__ import annotations

import pytest

from bot.engines.lifecycle.permissions import PERMISSIONS, may, require
from bot.errors import NotAllowed
from bot.vocabulary import Role, Verb

NAMES = {Role.OWNER: ["Raj"], Role.REVIEWER: ["Ana", "Li"], Role.LEAD: ["Mia"]}
MEMBER = frozenset({Role.MEMBER})
OUTSIDER = frozenset({Role.OUTSIDER})


def who_may(verb: Verb, *, has_team: bool = True) -> set[Role]:
    """Every role that opens the verb when it is held beside nothing but membership."""
    return {role for role in Role if may(verb, frozenset({role}), has_team=has_team)}


EVERYONE = set(Role)
MEMBERS = {Role.MEMBER, Role.ADMIN}
STEERING = {Role.OWNER, Role.LEAD, Role.ADMIN}


@pytest.mark.parametrize(
    ("verb", "roles"),
    [
        (Verb.ASK_ON_CALL, EVERYONE),
        (Verb.ASK_POSTMORTEM, MEMBERS),
        (Verb.CREATE_POSTMORTEM, MEMBERS),
        (Verb.EDIT_SECTION, MEMBERS),
        (Verb.KEEP_TIMELINE, MEMBERS),
        (Verb.KEEP_ACTIONS, MEMBERS),
        (Verb.SUBMIT, MEMBERS),
        (Verb.ASSIGN, MEMBERS),
        (Verb.SNOOZE_SELF, MEMBERS),
        (Verb.SNOOZE_OTHERS, STEERING),
        (Verb.GIVE_VERDICT, {Role.REVIEWER}),
        (Verb.PUBLISH, STEERING | {Role.REVIEWER}),
        (Verb.REOPEN, STEERING | {Role.REVIEWER}),
        (Verb.DELETE_POSTMORTEM, STEERING),
        (Verb.CREATE_SCHEDULE, MEMBERS),
        (Verb.EDIT_SCHEDULE, {Role.TEAMMATE, Role.LEAD, Role.ADMIN}),
        (Verb.DELETE_SCHEDULE, {Role.LEAD, Role.ADMIN}),
        (Verb.OVERRIDE_SELF, MEMBERS),
        (Verb.OVERRIDE_OTHERS, {Role.TEAMMATE, Role.LEAD, Role.ADMIN}),
        (Verb.UNDO_OWN, MEMBERS),
        (Verb.UNDO_OTHERS, {Role.LEAD, Role.ADMIN}),
        (Verb.KEEP_TEMPLATES, {Role.LEAD, Role.ADMIN}),
        (Verb.LINK_CHANNEL, MEMBERS),
    ],
)
def test_each_row_of_the_table_opens_its_verb_to_its_roles_and_no_others(verb: Verb, roles: set[Role]) -> None:
    assert who_may(verb) == roles


def test_every_verb_has_a_row() -> None:
    assert set(PERMISSIONS) == set(Verb)


def test_members_edit_a_schedule_that_has_no_team_and_only_admins_delete_it() -> None:
    assert who_may(Verb.EDIT_SCHEDULE, has_team=False) == MEMBERS
    assert who_may(Verb.DELETE_SCHEDULE, has_team=False) == {Role.ADMIN}
    assert who_may(Verb.OVERRIDE_OTHERS, has_team=False) == MEMBERS
    assert who_may(Verb.UNDO_OTHERS, has_team=False) == {Role.ADMIN}
    assert who_may(Verb.KEEP_TEMPLATES, has_team=False) == {Role.ADMIN}


@pytest.mark.parametrize("verb", sorted(set(Verb) - {Verb.ASK_ON_CALL, Verb.SUBSCRIBE}))
def test_an_outsider_may_only_ask_who_is_on_call_whatever_else_they_were_named_to_be(verb: Verb) -> None:
    assert not may(verb, frozenset(Role), self_approval=True)


def test_an_outsider_may_ask_who_is_on_call() -> None:
    require(Verb.ASK_ON_CALL, OUTSIDER, subject="Payments")


def test_an_admin_gives_no_verdict_unless_named_as_reviewer() -> None:
    assert not may(Verb.GIVE_VERDICT, frozenset({Role.MEMBER, Role.ADMIN}))
    assert may(Verb.GIVE_VERDICT, frozenset({Role.MEMBER, Role.ADMIN, Role.REVIEWER}))


def test_an_owner_judges_their_own_only_with_self_approval_and_when_named_as_reviewer() -> None:
    both = frozenset({Role.MEMBER, Role.OWNER, Role.REVIEWER})
    assert not may(Verb.GIVE_VERDICT, both)
    assert may(Verb.GIVE_VERDICT, both, self_approval=True)
    assert not may(Verb.GIVE_VERDICT, frozenset({Role.MEMBER, Role.OWNER}), self_approval=True)


@pytest.mark.parametrize(
    ("verb", "roles", "sentence"),
    [
        (Verb.GIVE_VERDICT, MEMBER, "Only a reviewer named on PM-12 can approve it or request changes: Ana, Li."),
        (
            Verb.PUBLISH,
            MEMBER,
            "Only its owner (Raj), its reviewers (Ana, Li), a lead of its team (Mia) or an admin can publish PM-12.",
        ),
        (
            Verb.DELETE_POSTMORTEM,
            MEMBER,
            "Only its owner (Raj), a lead of its team (Mia) or an admin can delete PM-12.",
        ),
        (Verb.CREATE_POSTMORTEM, OUTSIDER, "Only members of this workspace can start a postmortem."),
        (Verb.SUBMIT, OUTSIDER, "Only members of this workspace can submit PM-12 for review."),
        (
            Verb.GIVE_VERDICT,
            MEMBER | {Role.OWNER, Role.REVIEWER},
            "An owner's own approval does not count: another reviewer (Ana, Li) can judge PM-12.",
        ),
    ],
)
def test_the_refusal_says_who_can(verb: Verb, roles: frozenset[Role], sentence: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        require(verb, roles, subject="PM-12", names=NAMES)
    assert refused.value.sentence == sentence


def test_without_names_the_refusal_describes_the_roles() -> None:
    with pytest.raises(NotAllowed) as refused:
        require(Verb.DELETE_SCHEDULE, MEMBER, subject="Payments")
    assert refused.value.sentence == "Only a lead of its team or an admin can delete Payments."
    with pytest.raises(NotAllowed) as refused:
        require(Verb.DELETE_SCHEDULE, MEMBER, subject="Payments", has_team=False)
    assert refused.value.sentence == "Only an admin can delete Payments."
    with pytest.raises(NotAllowed) as refused:
        require(Verb.GIVE_VERDICT, MEMBER, subject="PM-12")
    assert refused.value.sentence == "Only a reviewer named on PM-12 can approve it or request changes."


def test_an_owner_who_is_the_only_reviewer_is_not_offered_their_own_name() -> None:
    roles = MEMBER | {Role.OWNER, Role.REVIEWER}
    with pytest.raises(NotAllowed) as refused:
        require(Verb.GIVE_VERDICT, roles, subject="PM-12", names={Role.OWNER: ["Raj"], Role.REVIEWER: ["Raj"]})
    assert refused.value.sentence == "An owner's own approval does not count: another reviewer can judge PM-12."
