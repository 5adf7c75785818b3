"""An alert that names nobody to call, and whose channel does not let the bot in: somebody hears of it all the same."""

from __future__ import annotations

import pytest

from bot.engines.policies import compile_policies
from bot.usecases.alerts.create import raise_alert
from bot.usecases.alerts.wanted import WantedAlert
from tests.slack.alerting import ANA, INCIDENTS, MIA
from tests.slack.conftest import Town
from tests.slack.programs import program


@pytest.fixture
def house_settings() -> dict[str, object]:
    """Alerts without a channel of their own go to that of incidents."""
    return {"alerts_channel": INCIDENTS}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_where_the_bot_may_not_post_an_admin_hears_of_what_names_nobody(staffed: Town) -> None:
    workspace, key = staffed.workspace, (await program(staffed, "cron")).key
    workspace.channels[INCIDENTS].members.discard(workspace.app.user_id)
    async with staffed.house.units.begin(key) as unit:
        await raise_alert(unit, WantedAlert(message="disk is full"), compile_policies([]))
    await staffed.all_told()
    admins = [staffed.person(each) for each in (ANA, MIA)]
    heard = [(admin, each) for admin in admins for each in admin.screen(admin.dm.id) if "disk is full" in each.text]
    ((admin, message),) = heard
    assert f"This belongs in <#{INCIDENTS}>" in str(message.blocks)
    workspace.channels[INCIDENTS].members.add(workspace.app.user_id)
    assert admin.screen(admin.dm.id).count(message) == 1
