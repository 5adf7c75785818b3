"""The Web API's methods, a module a family."""

from bot.playground.methods import apps, auth, channels, chat, conversations, files, usergroups, users, views
from bot.playground.methods.call import Method

METHODS: dict[str, Method] = {
    each.name: each
    for module in (auth, users, conversations, channels, chat, files, views, usergroups, apps)
    for each in module.METHODS
}

__all__ = ["METHODS"]
