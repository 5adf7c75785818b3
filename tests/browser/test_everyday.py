"""Everyday work in a real browser: an override and its undo, the Home tab, mentions, marked messages, follow-ups."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Locator, expect

from tests.browser.visitor import ANA, RAJ, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_somebody_is_put_on_call_and_it_is_taken_back(page: Visitor) -> None:
    await page.arrive(ANA)
    await page.put_away_the_welcome()
    before = await _on_call(page)
    card = await page.asks("/oncall override @mia now for 3h payments", "Put Mia on call for Payments")
    await expect(card).to_contain_text("Nothing counts until you press the button.")
    assert await _on_call(page) == before
    await card.get_by_role("button", name="Put Mia on call").click()
    await expect(card).to_contain_text("Mia is on call for Payments")
    assert await _on_call(page) == "@Mia"
    await card.get_by_role("button", name="Undo").click()
    await expect(card).to_contain_text("Taken back")
    assert await _on_call(page) == before
    await page.dismisses()


async def _on_call(page: Visitor) -> str:
    answer = await page.asks("/oncall now payments", "Payments")
    return await answer.locator(".mention").first.inner_text()


async def test_what_is_missing_of_an_override_is_asked_in_a_form_that_shows_it_back(page: Visitor) -> None:
    await page.arrive(ANA)
    await page.opens("/oncall override payments", "override")
    await page.chooses("person", "Tom", "Tomás")
    await page.field("until").fill("2020-01-01T10:00")
    await page.submits()
    await expect(page.modal.locator("[data-error-for]:visible")).to_have_count(1)
    await page.field("until").fill("2099-01-01T10:00")
    await page.submits()
    await page.form("override_confirm")
    await expect(page.modal).to_contain_text("Is that meant?")
    await page.goes_back()
    await page.form("override")
    await expect(page.field("until")).to_have_value("2099-01-01T10:00")
    await page.closes()


async def test_a_button_on_home_answers_on_top_of_it(page: Visitor) -> None:
    await page.arrive(ANA)
    home = await page.opens_home()
    await expect(home).to_contain_text("On call now")
    await home.get_by_role("button", name="My shifts").click()
    await page.form("answer")
    await expect(page.modal).to_contain_text("Your shifts until")
    await page.closes()
    await home.get_by_role("button", name="Open", exact=True).first.click()
    await page.form("answer")
    await page.modal.get_by_role("button", name="Edit", exact=True).click()
    await page.form("postmortem_sections")
    await page.closes()
    await expect(home).to_contain_text("On call now")


async def test_a_mention_in_a_thread_is_answered_there_for_the_asker_alone(page: Visitor) -> None:
    await page.arrive(ANA)
    await page.type("Who can look at the pool?")
    await page.opens_thread(page.message("look at the pool"))
    await page.replies("@watchbill now payments")
    answer = page.thread.last
    await expect(answer).to_contain_text("Only visible to you")
    await expect(answer).to_contain_text("Payments")
    await expect(page.page.locator("#thread .thread-count")).to_have_text(" · 1 reply")
    await answer.get_by_test_id("dismiss").click()
    await expect(page.thread).to_have_count(2)
    await page.become(RAJ)
    await page.open("incidents")
    await page.opens_thread(page.message("look at the pool"))
    await expect(page.thread).to_have_count(2)


async def test_a_postmortem_goes_from_a_message_to_its_publication_and_is_found_again(page: Visitor) -> None:
    await page.arrive(RAJ)
    await page.open("payments")
    await page.type("Refunds hang since the deploy")
    await page.type("Rolled back, refunds flow again")
    await page.become(ANA)
    await page.open("payments")
    await page.marks(page.message("Refunds hang"), "Start a postmortem")
    await page.form("postmortem_create")
    await expect(page.field("title")).to_have_value("Refunds hang since the deploy")
    await page.sent()
    card = page.message("PM-2 Refunds hang")
    await expect(card).to_contain_text("Status: draft")

    await page.marks(page.message("Rolled back"), "Add to postmortem")
    await expect(page.answers.last).to_contain_text("Added to the timeline of PM-2")
    await expect(page.answers.last).to_contain_text("Raj wrote it")
    await page.asks("/postmortem action PM-2 Alarm on slow refunds @raj fri", "Added to PM-2 for Raj", "slow refunds")
    await page.dismisses()
    await _write(page, card)
    await _reviewed(page)

    await page.message("PM-2", "1 of 1 approved").get_by_role("button", name="Publish").click()
    await page.form("postmortem_publish")
    await page.told("is published and locked")
    await expect(page.message("PM-2 is published")).to_be_visible()
    found = await page.asks("/postmortem search idempotency", "1 postmortem")
    await expect(found.locator(".quote strong", has_text="idempotency")).to_have_count(1)
    await found.get_by_role("button", name="Open").click()
    document = page.answers.last
    for words in ("Refunds hang since the deploy", "Rolled back", "Alarm on slow refunds", "1 of 1 approved"):
        await expect(document).to_contain_text(words)
    await page.dismisses()


async def _write(page: Visitor, card: Locator) -> None:
    await card.get_by_role("button", name="Edit", exact=True).click()
    await page.form("postmortem_sections")
    await page.modal.locator('[data-block-id="section_root-causes"] button').click()
    await page.form("postmortem_edit")
    await page.field("text").fill("The idempotency key was **dropped** on retries.")
    await page.submits()
    await page.form("postmortem_sections")
    await page.closes()
    await expect(card).to_contain_text("1 of 4 sections written")


async def _reviewed(page: Visitor) -> None:
    await page.opens("/postmortem submit PM-2", "postmortem_submit")
    await page.chooses("reviewers", "Raj", "Raj")
    await page.told("in review")
    await page.become(RAJ)
    await page.open("Watchbill")
    await page.message("asks for your review", "PM-2").get_by_role("button", name="Approve").click()
    await expect(page.message("You approved it. 1 of 1 approved")).to_be_visible()
    await page.become(ANA)
    await page.open("payments")


async def test_follow_ups_are_settled_from_home_and_from_their_list(page: Visitor) -> None:
    await page.arrive(ANA)
    for words in ("Cap the pool", "Page on a full pool"):
        await page.asks(f"/postmortem action PM-1 {words} me fri", words)
    home = await page.opens_home()
    row = home.locator(".block", has_text="Cap the pool")
    await page.picks(row, "Done")
    await page.form("answer")
    await expect(page.modal).to_contain_text("Done: “Cap the pool”")
    await page.closes()
    await expect(home).to_contain_text("Page on a full pool")
    await expect(row).to_have_count(0)
    await page.open("incidents")
    answer = await page.asks("/postmortem actions mine", "1 open action of yours")
    await page.picks(answer.locator(".block", has_text="Page on a full pool"), "Not needed")
    await expect(answer).to_contain_text("You have no open actions")
    await page.dismisses()


async def test_two_texts_of_one_section_are_both_kept(page: Visitor, phone: Visitor) -> None:
    await phone.arrive(RAJ)
    await phone.opens("/postmortem edit PM-1 detection", "postmortem_edit")
    await page.arrive(ANA)
    await page.opens("/postmortem edit PM-1 detection", "postmortem_edit")
    await page.field("text").fill("An alarm of the shop rang.")
    await page.sent()
    await phone.field("text").fill("A customer called first.")
    await phone.submits()
    await expect(phone.modal).to_contain_text("while you were writing")
    await expect(phone.modal).to_contain_text("An alarm of the shop rang.")
    await phone.fits()
    await phone.modal.locator(".choice", has_text="Put both").tap()
    await phone.submits()
    await phone.modal.wait_for(state="hidden")
    read = await page.asks("/postmortem show PM-1", "An alarm of the shop rang.")
    await expect(read).to_contain_text("A customer called first.")
    await page.dismisses()


async def test_the_same_is_done_with_a_thumb_on_a_phone(phone: Visitor) -> None:
    await phone.arrive(ANA)
    await phone.put_away_the_welcome()
    card = await phone.asks("/oncall override @mia today 20:00 to tomorrow 08:00 payments", "Put Mia on call")
    await phone.fits()
    await card.get_by_role("button", name="Put Mia on call").tap()
    await expect(card).to_contain_text("Mia is on call for Payments")
    await card.get_by_role("button", name="Undo").tap()
    await expect(card).to_contain_text("Taken back")
    await phone.dismisses()

    await phone.type("The queue grows again")
    message = phone.message("The queue grows again")
    await message.get_by_test_id("message-menu").tap()
    await phone.page.get_by_role("menuitem", name="Add to postmortem").tap()
    await expect(phone.answers.last).to_contain_text(re.compile("Added to the timeline of PM-1"))
    await phone.fits()
    await phone.dismisses()

    await phone.page.get_by_role("button", name="Back to the list").tap()
    home = await phone.opens_home()
    await phone.fits()
    await home.get_by_role("button", name="My shifts").tap()
    await phone.form("answer")
    await phone.fits()
    await phone.closes()
