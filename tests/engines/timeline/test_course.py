"""When an incident was detected, responded to and resolved: what the timeline tells, and what somebody said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.engines.timeline import Moments, Signal, course_of

BEGAN = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
ENDED = 60
Minutes = int | None


def at(minutes: Minutes) -> datetime | None:
    """So many minutes after the beginning."""
    return None if minutes is None else BEGAN + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("entries", "opened", "ended", "said", "expected"),
    [
        pytest.param("", 5, ENDED, (None, None), (5, None), id="nothing but its opening"),
        pytest.param("", 600, ENDED, (None, None), (None, None), id="written down after its end"),
        pytest.param("", 600, None, (None, None), (600, None), id="it goes on"),
        pytest.param("-5 guest, 61 ana", 600, ENDED, (None, None), (None, None), id="entries beside it say nothing"),
        pytest.param("3 guest, 9 ana, 12 raj", 5, ENDED, (None, None), (3, 9), id="by whoever was on call"),
        pytest.param("3 guest, 9 mia", 5, ENDED, (None, None), (3, 3), id="nobody who was on call wrote"),
        pytest.param("9 ana, 3 ana", 5, ENDED, (None, None), (3, 3), id="the order of entries is that of time"),
        pytest.param("0 bot, 60 ana", 5, ENDED, (None, None), (0, 60), id="both ends belong to it"),
        pytest.param("3 guest, 9 ana, 20 mia", 5, ENDED, (10, None), (10, 20), id="said when it was detected"),
        pytest.param("9 ana", 5, ENDED, (10, None), (10, None), id="nothing was written since"),
        pytest.param("3 guest, 9 ana", 5, ENDED, (None, 2), (2, 2), id="responded to before the first entry"),
        pytest.param("3 guest, 9 ana", 5, ENDED, (1, 30), (1, 30), id="both said"),
        pytest.param("", 600, ENDED, (None, 30), (None, 30), id="only the response is known"),
    ],
)
def test_what_is_said_holds_and_the_rest_is_told_by_the_timeline(
    entries: str, opened: int, ended: Minutes, said: tuple[Minutes, Minutes], expected: tuple[Minutes, Minutes]
) -> None:
    signals = [
        Signal(BEGAN + timedelta(minutes=int(each.split()[0])), each.split()[1]) for each in entries.split(", ") if each
    ]
    course = course_of(
        signals,
        started_at=BEGAN,
        said=Moments(at(said[0]), at(said[1]), at(ended)),
        opened_at=BEGAN + timedelta(minutes=opened),
        responding={"ana", "raj"},
    )
    assert (course.detected_at, course.responded_at, course.resolved_at) == (*map(at, expected), at(ended))
    assert course.to_resolve == (None if ended is None else timedelta(minutes=ended))
    assert [course.to_detect, course.to_respond] == [
        None if each is None else timedelta(minutes=each) for each in expected
    ]


@pytest.mark.parametrize(
    ("entries", "raised", "acknowledged", "said", "expected"),
    [
        pytest.param("3 ana", 0, 4, (None, None), (0, 4), id="its alert says both"),
        pytest.param("3 ana", 0, None, (None, None), (0, 3), id="nobody acknowledged it"),
        pytest.param("", -5, -2, (None, None), (5, None), id="an alert of an earlier time says nothing"),
        pytest.param("", 0, 61, (None, None), (0, None), id="acknowledged when it was over"),
        pytest.param("", 0, 4, (1, 2), (1, 2), id="what is said holds"),
        pytest.param("", 0, 4, (6, None), (6, None), id="acknowledged before it was detected, as somebody says"),
    ],
)
def test_an_alert_says_when_it_was_noticed_and_answered(
    entries: str,
    raised: int,
    acknowledged: Minutes,
    said: tuple[Minutes, Minutes],
    expected: tuple[Minutes, Minutes],
) -> None:
    course = course_of(
        [Signal(BEGAN + timedelta(minutes=int(each.split()[0])), "ana") for each in entries.split(", ") if each],
        started_at=BEGAN,
        said=Moments(at(said[0]), at(said[1]), at(ENDED)),
        opened_at=BEGAN + timedelta(minutes=5),
        responding={"ana"},
        raised_at=at(raised),
        acknowledged_at=at(acknowledged),
    )
    assert (course.detected_at, course.responded_at) == tuple(map(at, expected))
