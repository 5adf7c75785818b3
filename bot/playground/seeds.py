"""A believable small company to try the bot in."""

from __future__ import annotations

from bot.playground.channels import Channel, ChannelKind
from bot.playground.clock import WorkspaceClock
from bot.playground.manifest import Manifest
from bot.playground.people import Person
from bot.playground.workspace import App, Team, UserGroup, Workspace

LONG_NAME = "Maximiliane-Alexandra Freifrau von Hohenstein-Waldburg zu Wolfegg und Waldsee II"


def demo_people() -> list[Person]:
    """Twelve people in ten zones: an owner, an admin, a guest, one who left, one without zone, names of every kind,
    and another app's bot.
    """
    return [
        Person(
            id="U01ANA",
            name="ana",
            real_name="Ana Ruiz",
            display_name="Ana",
            tz="Europe/Berlin",
            email="ana@example.com",
            is_admin=True,
            is_owner=True,
        ),
        Person(
            id="U02RAJ",
            name="raj",
            real_name="Raj Patel",
            display_name="Raj",
            tz="Asia/Kolkata",
            email="raj@example.com",
        ),
        Person(
            id="U03MIA",
            name="mia",
            real_name="Mia O'Neill",
            display_name="Mia",
            tz="America/New_York",
            email="mia@example.com",
            is_admin=True,
        ),
        Person(id="U04ZOE", name="zoe", real_name="Zoë Müller-Çelik", tz="Australia/Sydney", email="zoe@example.com"),
        Person(
            id="U05LEE",
            name="lee",
            real_name="Lee Chen",
            display_name="lee 🚀 <b>on it</b>",
            tz="America/Los_Angeles",
            email="lee@example.com",
        ),
        Person(
            id="U06NOUR",
            name="nour",
            real_name="نور الهدى",
            display_name="نور",
            tz="Africa/Casablanca",
            email="nour@example.com",
        ),
        Person(id="U07MAX", name="max", real_name=LONG_NAME, tz="Europe/Vienna", email="max@example.com"),
        Person(
            id="U08SAM",
            name="sam.guest",
            real_name="Sam Guest",
            display_name="Sam",
            tz="Europe/London",
            email="sam@partner.example",
            is_restricted=True,
        ),
        Person(
            id="U09OLD",
            name="olga",
            real_name="Olga Former",
            display_name="Olga",
            tz="Europe/Warsaw",
            email="olga@example.com",
            deleted=True,
        ),
        Person(id="U10KIM", name="kim", real_name="Kim Nowhere", tz=None, email="kim@example.com"),
        Person(
            id="U11TOM",
            name="tom",
            real_name="Tomás Araújo",
            display_name="Tomás",
            tz="America/Sao_Paulo",
            email="tom@example.com",
        ),
        Person(id="U12DEPLOY", name="deploybot", real_name="Deploy Bot", bot_id="B12DEPLOY"),
    ]


def demo_workspace(manifest: Manifest, clock: WorkspaceClock, *, app: App | None = None) -> Workspace:
    """The company with its channels: the bot is in #general, #incidents, #payments and the private #sec-reviews, and
    not in #platform-lounge; #old-outage is archived. The guest sees #incidents alone.
    """
    people = demo_people()
    app = app or App(name=manifest.name, description=manifest.description)
    here = {each.id for each in people if not each.is_restricted and not each.deleted and not each.is_bot}
    bot, deploys = {app.user_id}, {"U12DEPLOY"}
    channels = [
        Channel(id="C01GENERAL", name="general", topic="All of us", members=here | bot),
        Channel(id="C02INCIDENTS", name="incidents", topic="What burns now", members=here | bot | deploys | {"U08SAM"}),
        Channel(
            id="C03PAYMENTS",
            name="payments",
            topic="Money in, money out",
            members={"U01ANA", "U02RAJ", "U03MIA", "U05LEE", *bot},
        ),
        Channel(
            id="C04PLATFORM",
            name="platform",
            topic="What everything runs on",
            members={"U01ANA", "U04ZOE", "U06NOUR", "U07MAX", *bot},
        ),
        Channel(
            id="C05SECURITY",
            name="sec-reviews",
            kind=ChannelKind.PRIVATE,
            topic="By invitation",
            members={"U01ANA", "U03MIA", *bot},
        ),
        Channel(id="C06LOUNGE", name="platform-lounge", topic="No bots here", members=set(here)),
        Channel(id="C07HIDDEN", name="board", kind=ChannelKind.PRIVATE, members={"U01ANA", "U10KIM"}),
        Channel(id="C08OLD", name="old-outage", topic="Done", members=here | bot, archived=True),
    ]
    group = UserGroup(id="S01PAYONCALL", handle="payments-oncall", name="Payments on call", users=["U01ANA"])
    return Workspace(
        clock=clock,
        manifest=manifest,
        people=people,
        channels=channels,
        groups=[group],
        team=Team(name="Northwind Harbour", domain="northwind-harbour"),
        app=app,
    )
