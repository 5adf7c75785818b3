"""Who may do what: the permission table as data, and the sentence for those who may not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.errors import NotAllowed
from bot.vocabulary import Role, Verb


@dataclass(frozen=True, slots=True)
class Permission:
    """One row of the table: who may, who may where the noun has no team, and the words for it.

    `doing` completes "can …"; `{subject}` in it is what the verb is about (`PM-12`, a schedule's name).
    """

    roles: frozenset[Role]
    doing: str
    roles_without_team: frozenset[Role] | None = None

    def roles_for(self, *, has_team: bool) -> frozenset[Role]:
        """Who may, on a noun with or without a team."""
        if has_team or self.roles_without_team is None:
            return self.roles
        return self.roles_without_team


_ANYBODY = frozenset(Role)
_MEMBERS = frozenset({Role.MEMBER, Role.ADMIN})
_STEERING = frozenset({Role.OWNER, Role.LEAD, Role.ADMIN})
_TEAM = frozenset({Role.TEAMMATE, Role.LEAD, Role.ADMIN})
_LEADS = frozenset({Role.LEAD, Role.ADMIN})

PERMISSIONS: Mapping[Verb, Permission] = {
    Verb.ASK_ON_CALL: Permission(_ANYBODY, "ask who is on call"),
    Verb.ASK_POSTMORTEM: Permission(_MEMBERS, "read {subject}"),
    Verb.CREATE_POSTMORTEM: Permission(_MEMBERS, "start a postmortem"),
    Verb.EDIT_SECTION: Permission(_MEMBERS, "edit {subject}"),
    Verb.KEEP_TIMELINE: Permission(_MEMBERS, "change the timeline of {subject}"),
    Verb.KEEP_ACTIONS: Permission(_MEMBERS, "change the actions of {subject}"),
    Verb.COMMENT: Permission(_MEMBERS, "comment on {subject}"),
    Verb.SUBMIT: Permission(_MEMBERS, "submit {subject} for review"),
    Verb.ASSIGN: Permission(_MEMBERS, "give {subject} to a new owner"),
    Verb.SNOOZE_SELF: Permission(_MEMBERS, "snooze {subject}"),
    Verb.SNOOZE_OTHERS: Permission(_STEERING, "snooze {subject} for others"),
    Verb.GIVE_VERDICT: Permission(frozenset({Role.REVIEWER}), "approve it or request changes"),
    Verb.PUBLISH: Permission(_STEERING | {Role.REVIEWER}, "publish {subject}"),
    Verb.REOPEN: Permission(_STEERING | {Role.REVIEWER}, "reopen {subject}"),
    Verb.DELETE_POSTMORTEM: Permission(_STEERING, "delete {subject}"),
    Verb.CREATE_SCHEDULE: Permission(_MEMBERS, "make a schedule"),
    Verb.EDIT_SCHEDULE: Permission(_TEAM, "edit {subject}", roles_without_team=_MEMBERS),
    Verb.DELETE_SCHEDULE: Permission(_LEADS, "delete {subject}", roles_without_team=frozenset({Role.ADMIN})),
    Verb.OVERRIDE_SELF: Permission(_MEMBERS, "put themselves on call for {subject}"),
    Verb.OVERRIDE_OTHERS: Permission(_TEAM, "put somebody else on call for {subject}", roles_without_team=_MEMBERS),
    Verb.UNDO_OWN: Permission(_MEMBERS, "take back a change of {subject}"),
    Verb.UNDO_OTHERS: Permission(
        _LEADS, "take back somebody else's change of {subject}", roles_without_team=frozenset({Role.ADMIN})
    ),
    Verb.KEEP_TEMPLATES: Permission(_LEADS, "change {subject}", roles_without_team=frozenset({Role.ADMIN})),
    Verb.KEEP_REVIEWERS: Permission(_LEADS, "choose the reviewers of {subject}", roles_without_team=_MEMBERS),
    Verb.PAGE: Permission(_MEMBERS, "page somebody"),
    Verb.ANSWER_ALERT: Permission(_MEMBERS, "answer alerts"),
    Verb.DECLARE_INCIDENT: Permission(_MEMBERS, "declare and change incidents"),
    Verb.LINK_CHANNEL: Permission(_MEMBERS, "link and unlink a channel's schedules"),
    Verb.SUBSCRIBE: Permission(_ANYBODY, "subscribe to a calendar"),
}

_WHO: Mapping[Role, str] = {
    Role.OWNER: "its owner",
    Role.REVIEWER: "its reviewers",
    Role.TEAMMATE: "people of its team",
    Role.LEAD: "a lead of its team",
    Role.ADMIN: "an admin",
}

OF_PEOPLE = frozenset({Verb.GIVE_VERDICT, Verb.COMMENT, Verb.KEEP_ACTIONS, Verb.KEEP_TIMELINE})
"""What only a person does, in their own name: a program by its key never, whatever rights the key has."""


def may(verb: Verb, roles: frozenset[Role], *, has_team: bool = True, self_approval: bool = False) -> bool:
    """Whether somebody with these roles on the noun may do this.

    An outsider may do only what the table opens to everyone, whatever else they were named to be: a guest who was
    made an owner or a reviewer stays a guest. An owner gives no verdict on their own postmortem unless `self_approval`.
    """
    allowed = PERMISSIONS[verb].roles_for(has_team=has_team)
    if Role.OUTSIDER in roles:
        return Role.OUTSIDER in allowed
    if verb is Verb.GIVE_VERDICT and Role.OWNER in roles and not self_approval:
        return False
    return not allowed.isdisjoint(roles)


def require(
    verb: Verb,
    roles: frozenset[Role],
    *,
    subject: str,
    names: Mapping[Role, Sequence[str]] | None = None,
    has_team: bool = True,
    self_approval: bool = False,
) -> None:
    """Let somebody with these roles pass, or raise NotAllowed with one sentence that says who can.

    `subject` is what the verb is about, as people say it: `PM-12`, a schedule's name. `names` are those who hold a role
    on it, ready to be shown (already escaped where the surface needs that); a role without names is only described.
    """
    if may(verb, roles, has_team=has_team, self_approval=self_approval):
        return
    named = names or {}
    is_owner_judging = verb is Verb.GIVE_VERDICT and {Role.OWNER, Role.REVIEWER} <= roles and Role.OUTSIDER not in roles
    if is_owner_judging:
        raise NotAllowed(f"An owner's own approval does not count: {_somebody_else(named)} can judge {subject}.")
    raise NotAllowed(_who_can(verb, subject, named, has_team=has_team))


def _who_can(verb: Verb, subject: str, names: Mapping[Role, Sequence[str]], *, has_team: bool) -> str:
    permission = PERMISSIONS[verb]
    allowed = permission.roles_for(has_team=has_team)
    doing = permission.doing.format(subject=subject)
    if verb is Verb.GIVE_VERDICT:
        reviewers = ", ".join(names.get(Role.REVIEWER, ()))
        return f"Only a reviewer named on {subject} can {doing}" + (f": {reviewers}." if reviewers else ".")
    if Role.MEMBER in allowed:
        return f"Only members of this workspace can {doing}."
    who = [_described(role, names) for role in _WHO if role in allowed]
    return f"Only {_either(who)} can {doing}."


def _described(role: Role, names: Mapping[Role, Sequence[str]]) -> str:
    holders = ", ".join(names.get(role, ()))
    return f"{_WHO[role]} ({holders})" if holders else _WHO[role]


def _somebody_else(names: Mapping[Role, Sequence[str]]) -> str:
    owners = names.get(Role.OWNER, ())
    others = [name for name in names.get(Role.REVIEWER, ()) if name not in owners]
    return f"another reviewer ({', '.join(others)})" if others else "another reviewer"


def _either(parts: Sequence[str]) -> str:
    *others, last = parts
    return f"{', '.join(others)} or {last}" if others else last
