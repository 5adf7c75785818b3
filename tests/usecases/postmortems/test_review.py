"""What was said in a review, who reviews by default, and what a publication freezes."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.engines.papers import Paper
from bot.errors import BadFields, Locked, NotAllowed, NotFound, WatchbillError
from bot.queries import documents, papers, reviewers, search, versions
from bot.queries.history import Happening
from bot.queries.people import Person
from bot.queries.remarks import RemarkView
from bot.queries.reviewers import Subject
from bot.usecases.messages import MessageKind
from bot.usecases.postmortems.comment import comment
from bot.usecases.postmortems.publish import LooksSecret, publish
from bot.usecases.postmortems.reopen import reopen
from bot.usecases.postmortems.request_changes import request_changes
from bot.usecases.postmortems.set_status import set_status
from bot.usecases.reviewers.set_default import set_default
from bot.usecases.teams.name_team import name_team
from bot.vocabulary import PostmortemStatus, Verdict
from storage import models, postmortems
from tests.conftest import met
from tests.usecases.postmortems.test_by_programs import key
from tests.usecases.stories import Story, odd_person


async def said(story: Story, number: int) -> list[tuple[str, str | None, Verdict | None, str]]:
    """Who said what of which section, in order."""
    async with story.reader() as reading:
        found: tuple[RemarkView, ...] = (await documents.by_number(reading, number, story.ana)).remarks
    return [(each.person.name, each.section, each.verdict, each.text) for each in found]


async def commented(story: Story, number: int, by: Person, text: str, section: str | None = None) -> None:
    async with story.units.begin(by) as unit:
        await comment(unit, number, text, section=section)


async def asked_for_changes(story: Story, number: int, by: Person, text: str) -> None:
    async with story.units.begin(by) as unit:
        await request_changes(unit, number, text)


async def paper(story: Story, number: int, version: int | None = None) -> Paper | None:
    async with story.reader() as reading:
        found = await papers.by_number(reading, number, version=version)
    return found[1] if found else None


async def test_what_is_said_in_a_review_stands_there_in_its_order_and_is_found(story: Story) -> None:
    number = await story.created()
    await story.submitted(number, story.raj, story.li)
    await commented(story, number, story.li, " The kraken is missing ", "fault")
    story.clock.now += timedelta(hours=1)
    async with story.units.begin(story.raj) as unit:
        await request_changes(unit, number, "Say why", section="root-causes")
    assert await said(story, number) == [
        (story.li.name, "fault", None, "The kraken is missing"),
        (story.raj.name, "root-causes", Verdict.CHANGES_REQUESTED, "Say why"),
    ]
    assert await story.told(MessageKind.COMMENTED) == await story.told(MessageKind.CHANGES_REQUESTED) == ["UANA"]
    assert [event.after["section"] for event in await story.events(Happening.COMMENTED)] == ["Fault"]
    async with story.reader() as reading:
        assert (await search.find(reading, story.ana, "kraken")).total == 1
    shown = await paper(story, number)
    assert shown and [(each.author, each.deed) for each in shown.remarks] == [
        (story.li.name, "commented on Fault"),
        (story.raj.name, "asked for changes of Root causes"),
    ]
    assert shown.reviewers[0].note == ""  # it stands among what was said, once


async def test_a_comment_of_ones_own_rings_nobody_and_a_bad_one_is_refused_whole(story: Story) -> None:
    number = await story.created()
    await commented(story, number, story.ana, "To be continued")
    assert await story.told(MessageKind.COMMENTED) == []
    with pytest.raises(BadFields) as refused:
        await commented(story, number, story.raj, " \u200b", "nonsense")
    assert refused.value.fields.keys() == {"text", "section"}
    with pytest.raises(NotAllowed):
        await commented(story, number, await met(story.units, "UGUEST", outsider=True), "Hello")
    assert len(await said(story, number)) == 1


async def test_nobody_comments_on_what_is_published_and_purging_takes_everything_along(story: Story) -> None:
    number = await story.created()
    await story.submitted(number, story.raj)
    await commented(story, number, story.li, "Fine")
    await story.approved(number, story.raj)
    await story.published(number)
    with pytest.raises(Locked, match="published"):
        await commented(story, number, story.li, "One more thing")
    async with story.units.begin(None) as unit:
        row = await postmortems.by_number(unit.session, number)
        assert row is not None
        await postmortems.remove(unit.session, [row])
        for table in (models.Remark, models.PostmortemVersion):
            assert (await unit.session.exec(select(table))).all() == []


async def reviewed_by(story: Story, subject: Subject, *people: Person, by: Person | None = None) -> None:
    async with story.units.begin(by or story.ana) as unit:
        await set_default(unit, subject, [each.id for each in people])


async def subject(story: Story, name: str) -> Subject:
    async with story.reader() as reading:
        return next(each for each in await reviewers.subjects(reading, name) if each.name == name)


async def proposed(story: Story, number: int) -> list[str]:
    async with story.reader() as reading:
        return [each.name for each in await reviewers.proposed(reading, number)]


async def test_reviewers_come_from_the_services_else_the_team_and_are_asked_where_nobody_is_named(story: Story) -> None:
    async with story.units.begin(story.ana) as unit:
        team = (await name_team(unit, "Payments")).id
    number = await story.created(team_id=team, services=("Checkout",))
    assert await proposed(story, number) == []
    with pytest.raises(BadFields, match="at least one reviewer"):
        await story.submitted(number)
    await reviewed_by(story, await subject(story, "Payments"), story.li)
    assert await proposed(story, number) == [story.li.name]
    gone = await odd_person(story.units, "UGONE", has_left=False)
    await reviewed_by(story, await subject(story, "Checkout"), story.ana, gone, story.raj, by=story.raj)
    await odd_person(story.units, "UGONE", has_left=True)
    assert await proposed(story, number) == [story.raj.name]  # neither its owner, nor who has left
    await story.submitted(number)
    assert await story.told(MessageKind.REVIEW_REQUEST) == ["URAJ"]
    await reviewed_by(story, await subject(story, "Checkout"), by=story.raj)
    assert await proposed(story, number) == [story.li.name]


async def test_the_reviewers_of_a_team_are_its_leads_to_choose(story: Story) -> None:
    async with story.units.begin(story.ana) as unit:
        await name_team(unit, "Payments")
    payments = await subject(story, "Payments")
    with pytest.raises(NotAllowed, match=rf"a lead of its team \({story.ana.name}\) or an admin"):
        await reviewed_by(story, payments, story.raj, by=story.raj)
    robot = await odd_person(story.units, "UROBOT", is_bot=True)
    with pytest.raises(BadFields, match="is a bot"):
        await reviewed_by(story, payments, robot)
    await reviewed_by(story, payments, story.raj, story.raj, story.li)
    await reviewed_by(story, payments, story.raj, story.li)
    assert len(await story.events("set-reviewers")) == 1


async def test_each_publication_is_a_version_that_nothing_changes_any_more(story: Story) -> None:
    number = await story.created()
    with pytest.raises(NotFound, match="never published"):
        async with story.reader() as reading:
            await versions.by_number(reading, number, 1, story.ana)
    for text in ("The pool ran out.", "The pool ran out, and nobody saw."):
        seen = await story.seen(number)
        await story.wrote(number, text, version=next(each.version for each in seen.sections if each.key == "fault"))
        await story.submitted(number, story.raj)
        await story.approved(number, story.raj)
        await story.published(number)
        async with story.units.begin(story.ana) as unit:
            await reopen(unit, number, "A number is wrong")
        story.clock.now += timedelta(days=1)
    first, second, now = await paper(story, number, 1), await paper(story, number, 2), await paper(story, number)
    assert first and second and now
    assert (first.version, second.version, now.version) == (1, 2, 2)
    assert (first.status, now.status) == (PostmortemStatus.PUBLISHED, PostmortemStatus.DRAFT)
    assert "nobody saw" in str(second.sections) and "nobody saw" not in str(first.sections)
    async with story.reader() as reading:
        known = (await documents.by_number(reading, number, story.ana)).versions
        assert [(each.number, each.by) for each in known] == [(1, story.ana), (2, story.ana)]
        with pytest.raises(NotFound, match="There are 2, 1 to 2"):
            await versions.by_number(reading, number, 3, story.ana)
    assert [event.after["version"] for event in await story.events(Happening.PUBLISHED)] == [1, 2]


async def test_who_heeds_secrets_publishes_nothing_that_looks_like_one(story: Story) -> None:
    number = await story.created()
    await story.wrote(number, "DB_PASSWORD=correct-horse stood in the log")
    await story.submitted(number, story.raj)
    await story.approved(number, story.raj)
    with pytest.raises(LooksSecret):
        await story.published(number, heeds_secrets=True)
    assert (await story.seen(number)).status is PostmortemStatus.IN_REVIEW
    assert await paper(story, number, 1) is None
    async with story.units.begin(story.ana) as unit:
        _, warnings = await publish(unit, number)
    assert [(each.place, each.suspicion.beginning) for each in warnings.secrets] == [("Fault", "corr…")]
    assert warnings.empty == ("Leadup", "Detection", "Root causes")


async def test_a_program_asks_who_reviews_by_default_and_its_publication_is_a_version_too(story: Story) -> None:
    number = await story.created(services=("Checkout",))
    await reviewed_by(story, await subject(story, "Checkout"), story.raj)
    ci = await key(story)
    for status in (PostmortemStatus.IN_REVIEW, PostmortemStatus.PUBLISHED):
        async with story.units.begin(ci) as unit:
            await set_status(unit, number, status)
    assert await story.told(MessageKind.REVIEW_REQUEST) == ["URAJ"]
    async with story.reader() as reading:
        (version,) = (await documents.by_number(reading, number, story.ana)).versions
    assert (version.number, version.by) == (1, None)


async def test_of_what_several_say_in_the_same_instant_all_is_kept_or_kindly_refused(story: Story) -> None:
    number = await story.created()
    await story.submitted(number, story.raj, story.li)
    await story.approved(number, story.raj)
    came = await asyncio.gather(
        story.approved(number, story.li),
        asked_for_changes(story, number, story.raj, "Say why"),
        commented(story, number, story.li, "From Li"),
        commented(story, number, story.raj, "From Raj"),
        story.published(number),
        return_exceptions=True,
    )
    assert all(each is None or isinstance(each, WatchbillError) for each in came)
    approved, asked, by_li, by_raj, published = (each is None for each in came)
    seen = await story.seen(number)
    texts = [text for *_, text in await said(story, number)]
    told = {"Say why": asked, "From Li": by_li, "From Raj": by_raj}
    assert {text: text in texts for text in told} == told
    verdicts = {each.person.id: each.verdict for each in seen.reviewers}
    assert verdicts[story.raj.id] is (Verdict.CHANGES_REQUESTED if asked else Verdict.APPROVED)
    if not asked:  # else all are asked anew
        assert verdicts[story.li.id] is (Verdict.APPROVED if approved else Verdict.PENDING)
    assert len(await story.events(Happening.APPROVED)) == 1 + approved
    assert published is (seen.status is PostmortemStatus.PUBLISHED)
    assert not (published and asked)
    assert len(await story.events(Happening.COMMENTED)) == by_li + by_raj


@pytest.mark.parametrize(
    "text", ["x" * 12_000, "x" * 12_001, "🔥" * 12_000], ids=["12,000 letters", "one more", "12,000 emoji"]
)
async def test_what_is_too_long_for_a_review_is_refused_by_how_much_and_nothing_is_kept(
    story: Story, text: str
) -> None:
    number = await story.created()
    await story.submitted(number, story.raj)
    for saying in (commented, asked_for_changes):
        with pytest.raises(BadFields, match="at most 3") as refused:
            await saying(story, number, story.raj, text)
        assert list(refused.value.fields) == ["text"]
    await commented(story, number, story.raj, text[:3_000])
    assert await said(story, number) == [(story.raj.name, None, None, text[:3_000])]
