/**
 * One message: who, when, what, and what can be done with it.
 */
import * as api from "./api.js";
import { avatar } from "./avatar.js";
import { blockList } from "./block_list.js";
import { h } from "./dom.js";
import { Form } from "./form.js";
import { iconButton } from "./icon_button.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { tried } from "./notices.js";
import { dismiss, emit, state } from "./state.js";
import { clockTime, formatted } from "./text/dates.js";
import { mrkdwn } from "./text/mrkdwn.js";

/** What a message's selects and checkboxes hold, also while the message is being edited by the app. */
const forms = new Map();

function formOf(message) {
  const key = `${message.channel} ${message.ts}`;
  if (!forms.has(key)) forms.set(key, new Form());
  return forms.get(key);
}

/**
 * @param {object} message MESSAGE of the page's API
 * @param {{follows?: boolean, inThread?: boolean}} [how] follows: the same person just before, so no name is repeated
 */
export function messageNode(message, { follows = false, inThread = false } = {}) {
  const classes = ["message", follows && "message-follows", message.ephemeral && "message-ephemeral"].filter(Boolean);
  return h("article", {
    class: classes.join(" "), tabindex: -1, "aria-label": `${nameOf(message)}, ${clockTime(message.time)}`,
    data: { ts: message.ts, channel: message.channel, user: message.user, ephemeral: message.ephemeral ? "true" : null },
  },
  message.ephemeral && h("div", { class: "only-you" }, icon("eye"), "Only visible to you"),
  h("div", { class: "message-row" },
    h("div", { class: "message-side" }, side(message, follows)),
    h("div", { class: "message-main" },
      !follows && head(message),
      message.command_echo && h("div", { class: "command-echo" }, "in answer to ", h("code", { class: "code" }, message.command_echo)),
      body(message),
      message.ephemeral && dismissButton(message),
      !inThread && message.reply_count > 0 && repliesButton(message))),
  !message.ephemeral && tools(message, inThread));
}

function side(message, follows) {
  if (follows) return h("span", { class: "side-time" }, clockTime(message.time));
  return avatar(message.bot ? null : state.users.get(message.user));
}

export function nameOf(message) {
  const user = state.users.get(message.user);
  if (message.bot) return user?.display_name || user?.real_name || state.app.name;
  return user?.display_name || user?.real_name || user?.name || message.user;
}

function head(message) {
  return h("div", { class: "message-head" },
    h("span", { class: "message-name" }, nameOf(message)),
    message.bot && h("span", { class: "app-badge" }, "APP"),
    h("time", { class: "message-time", title: formatted(message.time, "{date_long} at {time_secs}") }, clockTime(message.time)));
}

function body(message) {
  const edited = message.edited && h("span", { class: "edited" }, " (edited)");
  if (!message.blocks?.length) return h("div", { class: "message-text text" }, mrkdwn(message.text), edited);
  const where = { channel: message.channel, message_ts: message.ts };
  const list = blockList({
    kind: "message", form: formOf(message), fallback: message.text,
    press: (blockId, actionId, value) => tried(api.press({ ...where, block_id: blockId, action_id: actionId }, value)),
    options: (blockId, actionId, query) => api.options({ ...where, block_id: blockId, action_id: actionId }, query),
  });
  list.show(message.blocks);
  return [list.node, edited];
}

function dismissButton(message) {
  const put = () => dismiss(message.channel, message.ts);
  return h("button", { type: "button", class: "dismiss", data: { testid: "dismiss" }, on: { click: put } }, "Dismiss message");
}

function repliesButton(message) {
  const open = () => emit("go", { channel: message.channel, thread: message.ts });
  return h("button", { type: "button", class: "replies", data: { testid: "replies" }, on: { click: open } },
    icon("reply"), `${message.reply_count} ${message.reply_count === 1 ? "reply" : "replies"}`, h("span", { class: "replies-more" }, "View thread"));
}

function tools(message, inThread) {
  const reply = () => emit("go", { channel: message.channel, thread: message.thread_ts ?? message.ts });
  const more = iconButton({
    shows: "more", label: "More actions", testid: "message-menu", "aria-haspopup": "menu",
    run: () => openMenu(more, "Message actions", menuItems(message, inThread, reply)),
  });
  return h("div", { class: "message-tools" },
    !inThread && iconButton({ shows: "reply", label: "Reply in thread", run: reply, className: "tool-reply", testid: "reply" }),
    more);
}

function menuItems(message, inThread, reply) {
  const shortcuts = state.shortcuts.filter((shortcut) => shortcut.type === "message").map((shortcut) => ({
    label: shortcut.name, detail: `${shortcut.description} · ${state.app.name}`, data: { callbackId: shortcut.callback_id },
    run: () => tried(api.shortcut(shortcut.callback_id, { channel: message.channel, message_ts: message.ts })),
  }));
  const own = inThread ? [] : [{ label: "Reply in thread", run: reply }];
  return [...own, ...shortcuts, { label: "Copy text", run: () => navigator.clipboard?.writeText(message.text) }];
}
