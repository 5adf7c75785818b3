"""What reviewers are told when what they approved is published, and when it is a draft again."""

from __future__ import annotations

from bot.playground.hands import Hands
from tests.slack.conftest import Town
from tests.slack.writings import ANA, MIA, RAJ, published, typed


async def test_the_reviewers_requests_say_what_holds(town: Town) -> None:
    await published(town)
    await town.all_told()
    ana, raj, mia = (town.person(each) for each in (ANA, RAJ, MIA))
    for reviewer in (raj, mia):
        [request] = _requests(reviewer)
        assert "You approved it. It is published." in request
    await typed(ana, "reopen PM-1 A typo.")
    await town.all_told()
    for reviewer in (raj, mia):
        [request] = _requests(reviewer)
        assert "It is a draft again." in request
        assert "approved" not in request
    await typed(ana, "submit PM-1 @raj @mia")
    await town.all_told()
    for reviewer in (raj, mia):
        assert "asks for your review" in _requests(reviewer)[-1]


def _requests(reviewer: Hands) -> list[str]:
    """The messages about it in their direct messages, as they read now."""
    return [text for each in reviewer.screen(reviewer.dm.id) if "PM-1" in (text := reviewer.reads(each))]
