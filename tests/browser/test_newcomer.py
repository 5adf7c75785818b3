"""A newcomer's story, told in a real browser: everything the front door promises, from the welcome to the morning."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.browser.visitor import ANA, MIA, RAJ, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_the_welcome_shows_what_to_try_and_is_put_away_for_good(page: Visitor) -> None:
    await page.arrive(ANA)
    card = page.page.get_by_test_id("welcome")
    await card.locator("[data-example='/oncall now']").click()
    await expect(page.page.get_by_test_id("message-box")).to_have_value("/oncall now")
    await page.page.get_by_test_id("welcome-close").click()
    await page.page.reload()
    await page.ready(ANA)
    await expect(card).to_have_count(0)


async def test_an_answer_is_the_last_thing_on_screen_also_after_a_reload_under_the_welcome(page: Visitor) -> None:
    await page.arrive(ANA)
    answer = await page.asks("/oncall now", "Payments")
    await expect(answer).to_be_in_viewport(ratio=0.9)
    await page.page.reload()
    await page.ready(ANA)
    await expect(page.page.get_by_test_id("welcome")).to_have_count(1)
    await expect(page.answers.last).to_be_in_viewport(ratio=0.9)
    await page.dismisses()


async def test_who_is_on_call_is_read_in_ones_own_zone(page: Visitor) -> None:
    await page.arrive(ANA)
    answer = await page.asks("/oncall now payments", "until")
    in_berlin = await answer.locator("time.date").first.inner_text()
    await page.dismisses()
    await page.become(MIA)
    answer = await page.asks("/oncall now payments", "until")
    in_new_york = await answer.locator("time.date").first.inner_text()
    assert in_berlin.endswith("09:00")
    assert in_new_york.endswith(("03:00", "04:00", "05:00"))
    await page.dismisses()


async def test_an_unknown_word_is_answered_with_a_button_that_does_what_was_meant(page: Visitor) -> None:
    await page.arrive(ANA)
    answer = await page.asks("/oncall nwo", "Did you mean")
    await answer.get_by_role("button", name="/oncall now").click()
    await expect(page.answers.last).to_contain_text("Payments")
    await page.dismisses()


async def test_a_user_group_is_offered_and_mentioned_by_its_handle(page: Visitor) -> None:
    await page.arrive(ANA)
    box = page.page.get_by_test_id("message-box")
    await box.press_sequentially("look, @payments-on")
    await page.page.locator(".offer", has_text="Payments on call").click()
    await expect(box).to_have_value("look, @payments-oncall ")
    await box.press("Enter")
    await expect(page.message("look,").locator(".mention")).to_have_text("@payments-oncall")


async def test_a_command_that_slack_does_not_know_stays_in_the_box(page: Visitor) -> None:
    await page.arrive(ANA)
    await page.type("/nothing at all")
    await expect(page.page.get_by_test_id("notice")).to_contain_text("/nothing is not a valid command")
    await expect(page.page.get_by_test_id("message-box")).to_have_value("/nothing at all")


async def test_a_command_that_fails_is_put_back_into_the_box(page: Visitor) -> None:
    await page.arrive(ANA)
    await page.page.route("**/page/say", lambda route: route.abort())
    await page.type("/postmortem create lost on the way")
    await expect(page.page.get_by_test_id("notice")).to_contain_text("trouble connecting")
    await expect(page.page.get_by_test_id("message-box")).to_have_value("/postmortem create lost on the way")
    page.complaints.clear()  # the browser itself says in its console that the connection broke


async def test_what_is_typed_into_a_form_outlives_a_reload(page: Visitor) -> None:
    await page.arrive(ANA)
    await page.opens("/postmortem create Half a title", "postmortem_create")
    await page.field("title").fill("Half a title, and the other half")
    await page.page.reload()
    await page.form("postmortem_create")
    await expect(page.field("title")).to_have_value("Half a title, and the other half")
    await page.closes()


async def test_a_modal_is_used_with_the_keyboard_alone(page: Visitor) -> None:
    keys = page.page.keyboard
    await page.arrive(ANA)
    await page.opens("/postmortem create", "postmortem_create")
    await keys.type("Typed without a mouse")
    await keys.press("Tab")
    await keys.press("ArrowDown")
    await keys.type("P1")
    await keys.press("Enter")
    severity = page.field("severity", ".select")
    await expect(severity).to_contain_text("P1")
    await expect(severity).to_be_focused()
    for _ in range(40):
        await keys.press("Tab")
        assert await page.page.evaluate("document.querySelector('dialog').contains(document.activeElement)")
    await keys.press("Escape")
    await expect(page.modal).to_be_hidden()
    await expect(page.page.get_by_test_id("message-box")).to_be_focused()


async def test_a_postmortem_is_made_written_reviewed_and_published(page: Visitor) -> None:
    await page.arrive(ANA)
    await page.put_away_the_welcome()
    await _wrong_then_right(page)
    await _write_the_leadup(page)
    await page.opens("/postmortem submit PM-2", "postmortem_submit")
    await page.chooses("reviewers", "Raj", "Raj")
    await page.told("in review")

    await page.become(RAJ)
    await page.open("Watchbill")
    request = page.message("asks for your review", "PM-2")
    await request.get_by_role("button", name="Approve").click()
    await expect(page.message("You approved it. 1 of 1 approved")).to_be_visible()

    await page.become(ANA)
    await page.open("incidents")
    await page.message("PM-2", "1 of 1 approved").get_by_role("button", name="Publish").click()
    await page.form("postmortem_publish")
    await page.told("is published and locked")
    await expect(page.message("PM-2 is published")).to_be_visible()
    await _its_history(page)


async def _wrong_then_right(page: Visitor) -> None:
    await page.opens("/postmortem create Cart lost its items", "postmortem_create")
    await page.field("ended_at").fill("2020-01-01T10:00")
    await page.chooses("owner", "Sam", "Sam")
    await page.submits()
    wrong = page.modal.locator("[data-error-for]:visible")
    await expect(wrong).to_have_count(2)
    assert [await each.get_attribute("data-error-for") for each in await wrong.all()] == ["ended_at", "owner"]
    await expect(page.field("title")).to_have_value("Cart lost its items")
    await expect(page.field("ended_at")).to_have_value("2020-01-01T10:00")
    await page.field("ended_at").fill("")
    await page.chooses("owner", "Ana", "Ana")
    await page.sent()
    await expect(page.message("PM-2", "Cart lost its items")).to_contain_text("Status: draft")


async def _write_the_leadup(page: Visitor) -> None:
    await page.message("PM-2 Cart").get_by_role("button", name="Edit", exact=True).click()
    await page.form("postmortem_sections")
    await page.modal.locator('[data-block-id="section_leadup"] button').click()
    await page.form("postmortem_edit")
    await page.field("text").fill("The cache was **flushed**:\n\n- twice\n- by a script")
    await page.submits()
    await page.form("postmortem_sections")
    await page.closes()
    written = page.message("PM-2 Cart", "1 of 4 sections written")
    await written.get_by_role("button", name="Read", exact=True).click()
    await expect(page.modal.locator("strong", has_text="flushed")).to_have_count(1)
    await expect(page.modal.locator("li")).to_have_text(["twice", "by a script"])
    await page.closes()


async def _its_history(page: Visitor) -> None:
    card = page.message("PM-2", "Status: published")
    await expect(card.get_by_test_id("replies")).to_contain_text(re.compile(r"[3-9] replies"))
    await card.get_by_test_id("replies").click()
    thread = page.page.locator("#thread article")
    await expect(thread.last).to_contain_text("published")
    await page.page.get_by_test_id("thread-box").fill("Well done")
    await page.page.get_by_test_id("thread-box").press("Enter")
    await expect(thread.last).to_contain_text("Well done")
    await page.page.get_by_test_id("thread-close").click()


async def test_the_next_mornings_bring_one_message_which_a_snooze_quiets(page: Visitor) -> None:
    await page.arrive(ANA)
    await page.open("Watchbill")
    await page.moves_to_next_wednesday()
    mornings = page.page.locator("#pane article", has_text="for you").filter(has_text="PM-1")
    await expect(mornings).to_have_count(1)
    await mornings.locator(".overflow").click()
    await page.page.locator(".menu-item", has_text="Snooze: for three days").click()
    await expect(page.page.locator("#pane article").last).to_contain_text("nothing of PM-1 before")
    await page.moves_to_next_morning(5)
    await expect(mornings).to_have_count(2)
    await expect(mornings.last.locator("time.message-time")).to_have_attribute("title", re.compile("^Monday"))


async def test_nothing_needs_sideways_scrolling_on_a_phone(phone: Visitor) -> None:
    await phone.arrive(ANA)
    await phone.fits()
    await phone.put_away_the_welcome()
    for command, word in (("/oncall help", "/oncall next"), ("/oncall now", "Payments"), ("/postmortem list", "PM-1")):
        await phone.asks(command, word)
        await phone.fits()
    for command, form in (
        ("/postmortem create", "postmortem_create"),
        ("/postmortem edit PM-1", "postmortem_sections"),
    ):
        await phone.opens(command, form)
        await phone.fits()
        await phone.closes()
    await phone.dismisses()
    await phone.page.get_by_role("button", name="Back to the list").tap()
    await expect(phone.page.get_by_test_id("place-incidents")).to_be_visible()
    await phone.fits()
