"""Every way to choose who reviews what strikes a service of a team, or of nobody."""

from __future__ import annotations

from collections.abc import Mapping

from tests.slack.matrix.company import Company
from tests.slack.matrix.ways import Making, Ways, said, typed


def ways(*, has_team: bool) -> Ways:
    """The ways to choose the reviewers of such a service."""
    one = _one(has_team=has_team)
    return Ways(
        command=typed(one, "/postmortem reviewers {service} @nour"),
        button="no button: they are typed",
        form="no form: they are typed",
        mention=said(one, "postmortem reviewers {service} @nour"),
    )


def _one(*, has_team: bool) -> Making:
    async def make(company: Company) -> Mapping[str, str]:
        return {"service": await company.service(has_team=has_team)}

    return make
