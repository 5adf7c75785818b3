"""A postmortem's three states and what moves it between them.

    draft ── submitted ──▶ in-review ── published ──▶ published
      ▲                        │                          │
      ├── changes_requested ───┘                          │
      └────────────────────── reopened ───────────────────┘

Every move takes a `Review` and returns the next one; a move that the state forbids raises `Locked` with the way out.
Whether the *person* may do it is asked first, of `permissions`; here only the postmortem's own state decides. Programs
(API keys) are not held to verdicts: they use `moved_by_program`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.errors import BadFields, Locked, NotAllowed
from bot.vocabulary import PostmortemStatus, Verb, Verdict


@dataclass(frozen=True, slots=True)
class ReviewRules:
    """What the settings say: `required` approvals (`REVIEW_APPROVALS`) and whether owners may judge their own.

    A number larger than the reviewers named means all of them; it is never less than one.
    """

    required: Literal["all"] | int = "all"
    self_approval: bool = False


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody asked for a verdict. `said_at` is None while the verdict is pending; `has_left`: the workspace."""

    user_id: str
    asked_at: datetime
    verdict: Verdict = Verdict.PENDING
    said_at: datetime | None = None
    has_left: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """Where a postmortem stands. `name` is what people call it, `PM-12`; reviewers are in the order they were named.

    `asked_at` is when it went into review this time, None in a draft that is not in review.
    """

    name: str
    owner_id: str
    status: PostmortemStatus = PostmortemStatus.DRAFT
    reviewers: tuple[Reviewer, ...] = ()
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Edited:
    """A review after its text changed, and the reviewers whose approval that voided: they are asked again."""

    review: Review
    ask_again: tuple[str, ...]


def submitted(review: Review, *, reviewers: Sequence[str], now: datetime, rules: ReviewRules) -> Review:
    """Put a draft into review, or add reviewers to one that is in review already.

    A draft is reviewed by those named, and nobody else; where nobody is named, by those asked before, save who has
    left. All its verdicts start as pending. In review, earlier verdicts stand. A name given twice counts once.

    Raises:
        BadFields: field `reviewers`, when nobody is left to ask, or the owner is named without self-approval.
        Locked: it is published, or in review and nobody new is named.
    """
    if review.status is PostmortemStatus.PUBLISHED:
        raise _published(review)
    if review.owner_id in reviewers and not rules.self_approval:
        raise BadFields({"reviewers": "An owner's own approval does not count. Name somebody else as reviewer."})
    if review.status is PostmortemStatus.IN_REVIEW:
        return _with_more(review, reviewers, now)
    named = reviewers or [each.user_id for each in review.reviewers if not each.has_left]
    asked = replace(
        review,
        status=PostmortemStatus.IN_REVIEW,
        reviewers=tuple(Reviewer(user_id, now) for user_id in dict.fromkeys(named)),
        asked_at=now,
    )
    if not judges(asked, rules):
        raise BadFields({"reviewers": f"Name at least one reviewer: `/postmortem submit {review.name} @name`."})
    return asked


def approved(review: Review, user_id: str, *, now: datetime, rules: ReviewRules) -> Review:
    """Count a reviewer's approval. Approving twice changes nothing and keeps the first hour.

    Raises:
        Locked: it is not in review.
        NotAllowed: they are not one of its reviewers, or its owner without self-approval.
    """
    reviewer = _judging(review, user_id, rules)
    if reviewer.verdict is Verdict.APPROVED:
        return review
    said = replace(reviewer, verdict=Verdict.APPROVED, said_at=now)
    return replace(review, reviewers=tuple(said if each is reviewer else each for each in review.reviewers))


def changes_requested(review: Review, user_id: str, *, now: datetime, rules: ReviewRules) -> Review:
    """Send it back to draft. Everybody's earlier approval is void; a submit that names nobody asks the same reviewers.

    Raises:
        Locked: it is not in review.
        NotAllowed: they are not one of its reviewers, or its owner without self-approval.
    """
    reviewer = _judging(review, user_id, rules)
    said = replace(reviewer, verdict=Verdict.CHANGES_REQUESTED, said_at=now)
    return replace(
        review,
        status=PostmortemStatus.DRAFT,
        reviewers=tuple(said if each is reviewer else _pending(each) for each in review.reviewers),
        asked_at=None,
    )


def section_edited(review: Review, *, now: datetime) -> Edited:
    """Void the approvals that a change of text outdates; those reviewers are asked again `now`.

    Reviewers who had not said anything keep the hour they were asked. A draft has no approvals to void.

    Raises:
        Locked: it is published.
    """
    if review.status is PostmortemStatus.PUBLISHED:
        raise _published(review)
    void = tuple(each.user_id for each in review.reviewers if each.verdict is Verdict.APPROVED)
    reviewers = tuple(_asked_again(each, now) if each.user_id in void else each for each in review.reviewers)
    return Edited(replace(review, reviewers=reviewers), void)


def assigned(review: Review, owner_id: str) -> Review:
    """Give it to a new owner. One who is also a reviewer keeps the place, but it counts only with self-approval.

    Raises:
        Locked: it is published.
    """
    if review.status is PostmortemStatus.PUBLISHED:
        raise _published(review)
    return replace(review, owner_id=owner_id)


def judges(review: Review, rules: ReviewRules) -> tuple[Reviewer, ...]:
    """The reviewers whose verdict counts: all but the owner (unless self-approval is on) and those who left silently.

    What somebody said before they left the workspace still counts; nobody waits for what they did not say.
    """
    return tuple(
        each
        for each in review.reviewers
        if (rules.self_approval or each.user_id != review.owner_id)
        and not (each.has_left and each.verdict is Verdict.PENDING)
    )


def waiting(review: Review, rules: ReviewRules) -> tuple[str, ...]:
    """Those whose verdict is still open, in the order they were named; nobody unless it is in review."""
    if review.status is not PostmortemStatus.IN_REVIEW:
        return ()
    return tuple(each.user_id for each in judges(review, rules) if each.verdict is Verdict.PENDING)


def has_approvals(review: Review, rules: ReviewRules) -> bool:
    """Whether it has the approvals it needs; never true while nobody can give one."""
    return bool(judges(review, rules)) and _approvals(review, rules) >= _needed(review, rules)


def can_publish(review: Review, rules: ReviewRules) -> bool:
    """Whether a person may publish it now: it is in review and has its approvals."""
    return review.status is PostmortemStatus.IN_REVIEW and has_approvals(review, rules)


def count(review: Review, rules: ReviewRules) -> str:
    """How far a review is, for a card: "1 of 2 approved"; with a smaller number required, "1 of 3 approved, 2 needed".

    Empty where nobody was asked.
    """
    asked = len(judges(review, rules))
    if not asked:
        return ""
    needed = _needed(review, rules)
    return f"{_approvals(review, rules)} of {asked} approved" + (f", {needed} needed" if needed < asked else "")


def published(review: Review, rules: ReviewRules, *, awaited: Sequence[str] = ()) -> Review:
    """Publish it for a person: only from review, and only with the approvals it needs.

    `awaited` are the names of those it is `waiting` for, where the caller knows them: the refusal says them.

    Raises:
        Locked: it is a draft, lacks approvals, or is published already.
    """
    name = review.name
    if review.status is PostmortemStatus.PUBLISHED:
        raise _published(review)
    if review.status is PostmortemStatus.DRAFT:
        raise Locked(f"{name} is a draft. `/postmortem submit {name} @name` asks for its review first.")
    if not judges(review, rules):
        raise Locked(f"Nobody can approve {name} yet. `/postmortem submit {name} @name` adds a reviewer.")
    if not has_approvals(review, rules):
        whom = ", ".join(awaited) or "its reviewers' verdicts"
        raise Locked(f"{name} cannot be published yet: {count(review, rules)}. It waits for {whom}.")
    return replace(review, status=PostmortemStatus.PUBLISHED)


def reopened(review: Review, *, reason: str) -> Review:
    """Make a published postmortem a draft again; all verdicts are void, the reviewers stay named.

    Raises:
        Locked: it is not published.
        BadFields: field `reason`, when it is blank.
    """
    name = review.name
    if review.status is PostmortemStatus.DRAFT:
        raise Locked(f"{name} is a draft already: `/postmortem edit {name}` opens it.")
    if review.status is PostmortemStatus.IN_REVIEW:
        raise Locked(f"{name} is in review, not published: `/postmortem edit {name}` changes its text as it is.")
    if not reason.strip():
        raise BadFields({"reason": f"Say why it is reopened: `/postmortem reopen {name} reason`."})
    return _as_draft(review)


def moved_by_program(review: Review, status: PostmortemStatus, *, now: datetime) -> Review:
    """Set the status as an API key may: from any state to any, without verdicts, reviewers or a reason.

    Entering review asks the reviewers there are; going back to draft voids all verdicts. The same status: no change.
    """
    if status is review.status:
        return review
    if status is PostmortemStatus.PUBLISHED:
        return replace(review, status=status)
    draft = _as_draft(review)
    if status is PostmortemStatus.DRAFT:
        return draft
    asked = tuple(_asked_again(reviewer, now) for reviewer in review.reviewers)
    return replace(draft, status=status, reviewers=asked, asked_at=now)


def open_moves(review: Review, rules: ReviewRules) -> tuple[Verb, ...]:
    """The verbs its state allows, the likeliest first: the order of its buttons. `permissions` says who may press."""
    everyday = (Verb.EDIT_SECTION, Verb.SUBMIT, Verb.ASSIGN, Verb.SNOOZE_SELF, Verb.SNOOZE_OTHERS)
    match review.status:
        case PostmortemStatus.DRAFT:
            return (*everyday, Verb.DELETE_POSTMORTEM)
        case PostmortemStatus.IN_REVIEW if can_publish(review, rules):
            return (Verb.PUBLISH, Verb.GIVE_VERDICT, *everyday, Verb.DELETE_POSTMORTEM)
        case PostmortemStatus.IN_REVIEW:
            return (Verb.GIVE_VERDICT, *everyday, Verb.DELETE_POSTMORTEM)
        case PostmortemStatus.PUBLISHED:
            return (Verb.REOPEN, Verb.DELETE_POSTMORTEM)


def _with_more(review: Review, reviewers: Sequence[str], now: datetime) -> Review:
    known = {reviewer.user_id for reviewer in review.reviewers}
    added = tuple(Reviewer(user_id, now) for user_id in dict.fromkeys(reviewers) if user_id not in known)
    if not added:
        raise Locked(f"{review.name} is in review already. `/postmortem submit {review.name} @name` adds a reviewer.")
    return replace(review, reviewers=review.reviewers + added)


def _asked_again(reviewer: Reviewer, now: datetime) -> Reviewer:
    return replace(_pending(reviewer), asked_at=now)


def _judging(review: Review, user_id: str, rules: ReviewRules) -> Reviewer:
    if review.status is PostmortemStatus.PUBLISHED:
        raise _published(review)
    if review.status is PostmortemStatus.DRAFT:
        raise Locked(
            f"{review.name} is a draft, not in review. `/postmortem submit {review.name}` asks for its review."
        )
    if user_id == review.owner_id and not rules.self_approval:
        raise NotAllowed(f"An owner's own approval does not count: another reviewer can judge {review.name}.")
    for reviewer in review.reviewers:
        if reviewer.user_id == user_id:
            return reviewer
    raise NotAllowed(f"Only a reviewer named on {review.name} can approve it or request changes.")


def _published(review: Review) -> Locked:
    name = review.name
    return Locked(f"{name} is published and locked. `/postmortem reopen {name} reason` makes it a draft again.")


def _as_draft(review: Review) -> Review:
    pending = tuple(_pending(reviewer) for reviewer in review.reviewers)
    return replace(review, status=PostmortemStatus.DRAFT, reviewers=pending, asked_at=None)


def _pending(reviewer: Reviewer) -> Reviewer:
    return replace(reviewer, verdict=Verdict.PENDING, said_at=None)


def _approvals(review: Review, rules: ReviewRules) -> int:
    return sum(reviewer.verdict is Verdict.APPROVED for reviewer in judges(review, rules))


def _needed(review: Review, rules: ReviewRules) -> int:
    asked = len(judges(review, rules))
    return asked if rules.required == "all" else max(1, min(rules.required, asked))
