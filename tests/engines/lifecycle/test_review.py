from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engines.lifecycle.review import (
    Review,
    Reviewer,
    ReviewRules,
    approved,
    assigned,
    can_publish,
    changes_requested,
    count,
    moved_by_program,
    open_moves,
    published,
    reopened,
    section_edited,
    submitted,
    waiting,
)
from bot.errors import BadFields, Locked, Mistake, NotAllowed
from bot.vocabulary import PostmortemStatus, Verb, Verdict

NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)
LATER = NOW + timedelta(hours=5)
RULES = ReviewRules()
DRAFT = Review("PM-12", "raj")


def in_review(*reviewers: str, rules: ReviewRules = RULES) -> Review:
    return submitted(DRAFT, reviewers=reviewers or ("ana", "li"), now=NOW, rules=rules)


def verdicts(review: Review) -> dict[str, Verdict]:
    return {reviewer.user_id: reviewer.verdict for reviewer in review.reviewers}


def has_left(review: Review, user_id: str) -> Review:
    reviewers = tuple(replace(each, has_left=each.has_left or each.user_id == user_id) for each in review.reviewers)
    return replace(review, reviewers=reviewers)


def all_approved() -> Review:
    once = approved(in_review(), "ana", now=LATER, rules=RULES)
    return approved(once, "li", now=LATER, rules=RULES)


PUBLISHED = published(all_approved(), RULES)


def test_submitting_asks_each_reviewer_once_and_starts_the_review() -> None:
    review = in_review("ana", "li", "ana")
    assert review.status is PostmortemStatus.IN_REVIEW
    assert review.asked_at == NOW
    assert review.reviewers == (Reviewer("ana", NOW), Reviewer("li", NOW))


@pytest.mark.parametrize(
    ("reviewers", "sentence"),
    [
        ((), "Name at least one reviewer: `/postmortem submit PM-12 @name`."),
        (("raj",), "An owner's own approval does not count. Name somebody else as reviewer."),
        (("raj", "ana"), "An owner's own approval does not count. Name somebody else as reviewer."),
    ],
)
def test_submitting_needs_a_reviewer_whose_verdict_counts(reviewers: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(BadFields) as refused:
        submitted(DRAFT, reviewers=reviewers, now=NOW, rules=RULES)
    assert refused.value.fields == {"reviewers": sentence}


def test_with_self_approval_an_owner_may_review_alone() -> None:
    rules = ReviewRules(self_approval=True)
    review = approved(in_review("raj", rules=rules), "raj", now=LATER, rules=rules)
    assert can_publish(review, rules)


def test_an_owner_who_came_to_be_the_only_reviewer_cannot_submit_alone() -> None:
    back = changes_requested(in_review("ana"), "ana", now=LATER, rules=RULES)
    with pytest.raises(BadFields, match="Name at least one reviewer"):
        submitted(assigned(back, "ana"), reviewers=(), now=LATER, rules=RULES)


def test_after_changes_a_submit_asks_the_same_reviewers_or_exactly_those_it_names() -> None:
    half = approved(in_review(), "ana", now=LATER, rules=RULES)
    back = changes_requested(half, "li", now=LATER, rules=RULES)
    assert back.status is PostmortemStatus.DRAFT
    assert back.asked_at is None
    assert verdicts(back) == {"ana": Verdict.PENDING, "li": Verdict.CHANGES_REQUESTED}
    same = submitted(back, reviewers=(), now=LATER, rules=RULES)
    assert same.reviewers == (Reviewer("ana", LATER), Reviewer("li", LATER))
    others = submitted(back, reviewers=("mia", "ana"), now=LATER, rules=RULES)
    assert others.reviewers == (Reviewer("mia", LATER), Reviewer("ana", LATER))


def test_a_reviewer_added_during_review_leaves_the_others_verdicts_alone() -> None:
    half = approved(in_review(), "ana", now=LATER, rules=RULES)
    more = submitted(half, reviewers=("ana", "mia"), now=LATER, rules=RULES)
    assert verdicts(more) == {"ana": Verdict.APPROVED, "li": Verdict.PENDING, "mia": Verdict.PENDING}
    assert more.asked_at == NOW


def test_who_left_without_a_verdict_is_waited_for_no_longer() -> None:
    half = approved(in_review(), "ana", now=LATER, rules=RULES)
    left = has_left(half, "li")
    assert (count(left, RULES), waiting(left, RULES)) == ("1 of 1 approved", ())
    assert can_publish(left, RULES)
    assert published(left, RULES).status is PostmortemStatus.PUBLISHED


def test_an_approval_stands_after_its_giver_has_left_but_is_not_asked_for_again() -> None:
    left = has_left(all_approved(), "li")
    assert count(left, RULES) == "2 of 2 approved"
    edited = section_edited(left, now=LATER).review
    assert (count(edited, RULES), waiting(edited, RULES)) == ("0 of 1 approved", ("ana",))


def test_where_all_reviewers_left_somebody_else_has_to_approve() -> None:
    left = has_left(in_review("ana"), "ana")
    assert not can_publish(left, RULES)
    with pytest.raises(Locked, match="Nobody can approve PM-12 yet"):
        published(left, RULES)
    more = submitted(left, reviewers=("li",), now=LATER, rules=RULES)
    assert can_publish(approved(more, "li", now=LATER, rules=RULES), RULES)


def test_a_draft_is_submitted_to_the_same_reviewers_but_for_those_who_have_left() -> None:
    back = has_left(changes_requested(in_review(), "li", now=LATER, rules=RULES), "ana")
    again = submitted(back, reviewers=(), now=LATER, rules=RULES)
    assert again.reviewers == (Reviewer("li", LATER),)
    with pytest.raises(BadFields, match="Name at least one reviewer"):
        submitted(has_left(back, "li"), reviewers=(), now=LATER, rules=RULES)


def test_approving_twice_changes_nothing() -> None:
    once = approved(in_review(), "ana", now=NOW, rules=RULES)
    assert approved(once, "ana", now=LATER, rules=RULES) is once


def test_only_a_named_reviewer_gives_a_verdict() -> None:
    with pytest.raises(NotAllowed, match=r"Only a reviewer named on PM-12 can approve it"):
        approved(in_review(), "stranger", now=LATER, rules=RULES)


def test_an_owner_who_is_a_reviewer_does_not_count_without_self_approval() -> None:
    review = assigned(in_review(), "ana")
    with pytest.raises(NotAllowed, match="own approval does not count"):
        approved(review, "ana", now=LATER, rules=RULES)
    assert waiting(review, RULES) == ("li",)
    assert can_publish(approved(review, "li", now=LATER, rules=RULES), RULES)


def test_a_review_left_without_anyone_who_counts_cannot_be_published() -> None:
    review = assigned(in_review("ana"), "ana")
    assert not can_publish(review, RULES)
    with pytest.raises(Locked, match="Nobody can approve PM-12 yet"):
        published(review, RULES)


def test_an_edit_voids_approvals_and_says_whom_to_ask_again() -> None:
    half = approved(in_review(), "ana", now=NOW, rules=RULES)
    edited = section_edited(half, now=LATER)
    assert edited.ask_again == ("ana",)
    assert edited.review.reviewers == (Reviewer("ana", LATER), Reviewer("li", NOW))
    assert section_edited(DRAFT, now=LATER).ask_again == ()


@pytest.mark.parametrize(
    ("required", "line", "ready"),
    [
        ("all", "1 of 3 approved", False),
        (1, "1 of 3 approved, 1 needed", True),
        (2, "1 of 3 approved, 2 needed", False),
        (9, "1 of 3 approved", False),
        (0, "1 of 3 approved, 1 needed", True),
    ],
)
def test_the_number_required_decides_when_it_can_be_published(required: int, line: str, ready: bool) -> None:
    rules = ReviewRules(required=required)
    review = approved(in_review("ana", "li", "mia"), "ana", now=LATER, rules=rules)
    assert count(review, rules) == line
    assert can_publish(review, rules) is ready


def test_nobody_asked_is_counted_as_nothing() -> None:
    assert count(DRAFT, RULES) == ""


def test_publishing_before_the_verdicts_says_how_far_it_is() -> None:
    with pytest.raises(Locked) as refused:
        published(approved(in_review(), "ana", now=LATER, rules=RULES), RULES)
    assert refused.value.sentence == (
        "PM-12 cannot be published yet: 1 of 2 approved. It waits for its reviewers' verdicts."
    )


def test_reopening_voids_every_verdict_and_keeps_the_reviewers() -> None:
    again = reopened(PUBLISHED, reason="new facts")
    assert again.status is PostmortemStatus.DRAFT
    assert again.reviewers == (Reviewer("ana", NOW), Reviewer("li", NOW))


def test_reopening_needs_a_reason() -> None:
    with pytest.raises(BadFields) as refused:
        reopened(PUBLISHED, reason=" ")
    assert refused.value.fields == {"reason": "Say why it is reopened: `/postmortem reopen PM-12 reason`."}


WAY_OUT = "PM-12 is published and locked. `/postmortem reopen PM-12 reason` makes it a draft again."


@pytest.mark.parametrize(
    ("move", "sentence"),
    [
        (lambda: submitted(PUBLISHED, reviewers=("ana",), now=LATER, rules=RULES), WAY_OUT),
        (lambda: approved(PUBLISHED, "ana", now=LATER, rules=RULES), WAY_OUT),
        (lambda: changes_requested(PUBLISHED, "ana", now=LATER, rules=RULES), WAY_OUT),
        (lambda: section_edited(PUBLISHED, now=LATER), WAY_OUT),
        (lambda: assigned(PUBLISHED, "li"), WAY_OUT),
        (lambda: published(PUBLISHED, RULES), WAY_OUT),
        (
            lambda: approved(DRAFT, "ana", now=LATER, rules=RULES),
            "PM-12 is a draft, not in review. `/postmortem submit PM-12` asks for its review.",
        ),
        (
            lambda: published(DRAFT, RULES),
            "PM-12 is a draft. `/postmortem submit PM-12 @name` asks for its review first.",
        ),
        (
            lambda: submitted(in_review(), reviewers=("ana",), now=LATER, rules=RULES),
            "PM-12 is in review already. `/postmortem submit PM-12 @name` adds a reviewer.",
        ),
        (lambda: reopened(DRAFT, reason="x"), "PM-12 is a draft already: `/postmortem edit PM-12` opens it."),
        (
            lambda: reopened(in_review(), reason="x"),
            "PM-12 is in review, not published: `/postmortem edit PM-12` changes its text as it is.",
        ),
    ],
)
def test_a_move_the_state_forbids_says_the_way_out(move: Callable[[], object], sentence: str) -> None:
    with pytest.raises(Locked) as refused:
        move()
    assert refused.value.sentence == sentence


def test_a_program_publishes_without_verdicts_and_moves_freely() -> None:
    out = moved_by_program(DRAFT, PostmortemStatus.PUBLISHED, now=LATER)
    assert out.status is PostmortemStatus.PUBLISHED
    asked = moved_by_program(PUBLISHED, PostmortemStatus.IN_REVIEW, now=LATER)
    assert (asked.asked_at, waiting(asked, RULES)) == (LATER, ("ana", "li"))
    draft = moved_by_program(PUBLISHED, PostmortemStatus.DRAFT, now=LATER)
    assert set(verdicts(draft).values()) == {Verdict.PENDING}
    assert moved_by_program(PUBLISHED, PostmortemStatus.PUBLISHED, now=LATER) is PUBLISHED


def test_each_state_opens_its_own_moves() -> None:
    everyday = (Verb.EDIT_SECTION, Verb.SUBMIT, Verb.ASSIGN, Verb.SNOOZE_SELF, Verb.SNOOZE_OTHERS)
    assert open_moves(DRAFT, RULES) == (*everyday, Verb.DELETE_POSTMORTEM)
    assert open_moves(in_review(), RULES) == (Verb.GIVE_VERDICT, *everyday, Verb.DELETE_POSTMORTEM)
    assert open_moves(all_approved(), RULES)[0] is Verb.PUBLISH
    assert open_moves(PUBLISHED, RULES) == (Verb.REOPEN, Verb.DELETE_POSTMORTEM)


MOVES: list[Callable[[Review, str, ReviewRules], Review]] = [
    lambda review, who, rules: submitted(review, reviewers=(who,), now=LATER, rules=rules),
    lambda review, who, _rules: has_left(review, who),
    lambda review, who, rules: approved(review, who, now=LATER, rules=rules),
    lambda review, who, rules: approved(review, who, now=LATER, rules=rules),
    lambda review, who, rules: changes_requested(review, who, now=LATER, rules=rules),
    lambda review, _who, _rules: section_edited(review, now=LATER).review,
    lambda review, who, _rules: assigned(review, who),
    lambda review, _who, rules: published(review, rules),
    lambda review, _who, _rules: reopened(review, reason="why"),
]


@settings(max_examples=150, derandomize=True, deadline=None)
@given(
    steps=st.lists(st.tuples(st.sampled_from(MOVES), st.sampled_from(["raj", "ana", "li"])), max_size=25),
    required=st.sampled_from(["all", 1, 2]),
    self_approval=st.booleans(),
)
def test_people_never_publish_what_nobody_entitled_has_approved(
    steps: list[tuple[Callable[[Review, str, ReviewRules], Review], str]], required: int, self_approval: bool
) -> None:
    rules = ReviewRules(required=required, self_approval=self_approval)
    review = DRAFT
    for move, who in steps:
        try:
            review = move(review, who, rules)
        except Mistake as refused:
            assert "PM-12" in refused.sentence or "owner's own approval" in refused.sentence
        if review.status is PostmortemStatus.PUBLISHED:
            approvers = {each.user_id for each in review.reviewers if each.verdict is Verdict.APPROVED}
            assert approvers - (set() if self_approval else {review.owner_id})
        if review.status is PostmortemStatus.DRAFT:
            assert Verdict.APPROVED not in verdicts(review).values()
        assert len(verdicts(review)) == len(review.reviewers)
