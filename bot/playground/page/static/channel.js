/**
 * The main pane of a channel or a direct message.
 */
import * as api from "./api.js";
import { composer } from "./composer.js";
import { h } from "./dom.js";
import { backButton } from "./icon_button.js";
import { icon } from "./icons.js";
import { introduction, messageList } from "./messages.js";
import { tried } from "./notices.js";
import { channelById, channelName, dismissed, emit, on, state } from "./state.js";
import { appTabs } from "./home.js";
import { isWelcome, welcomeCard, welcomePlace } from "./welcome.js";

let shown = null;

/** Put a channel on screen and load what was said in it. */
export async function showChannel(pane, id) {
  const channel = channelById(id);
  const name = channelName(channel);
  const list = messageList({ label: `Messages in ${name}` });
  const sign = channel.kind === "dm" ? "" : "#";
  const box = composer({ channel: id, placeholder: `Message ${sign}${name}`, id: "message-box" });
  const header = h("div", { class: "pane-header" });
  shown = { id, list, box, header, viewer: state.me.id };
  drawHeader();
  pane.replaceChildren(header, list.node, box.node);
  pane.dataset.channel = id;
  if (state.messages.has(id)) draw();
  await loadChannel(id);
  list.toEnd();
  if (matchMedia("(pointer: fine)").matches) box.focus();
}

/** Ask for the messages of a channel again: what is on screen is then what the server knows. */
export async function loadChannel(id) {
  const answer = await tried(api.messages(id));
  if (!answer) return;
  const away = dismissed();
  const inChannel = answer.messages.filter((message) => !away.has(message.ts) && (!message.thread_ts || message.thread_ts === message.ts));
  state.messages.set(id, inChannel);
  const channel = channelById(id);
  if (channel && shown?.id === id) channel.unread = 0;
  emit("channels");
  emit("messages", id);
}

export function leaveChannel() {
  shown = null;
}

function drawHeader() {
  const channel = channelById(shown.id);
  if (!channel) return;
  const name = channelName(channel);
  const back = backButton("Back to the list", () => emit("go", { kind: "list" }));
  const withApp = channel.kind === "dm" && channel.user === state.app.user_id;
  const there = channel.kind !== "dm" && h("span", {
    class: channel.is_member ? "membership" : "membership membership-none", data: { testid: "membership" },
    title: channel.is_member
      ? `${state.app.name} is a member of this channel`
      : `${state.app.name} is not a member: it can answer commands here, but not post`,
  }, `${state.app.name} ${channel.is_member ? "is here" : "is not here"}`);
  shown.header.replaceChildren(back,
    h("div", { class: "pane-names" },
      h("h1", { class: "pane-title" },
        channel.kind !== "dm" && icon(channel.kind === "private" ? "lock" : "hash"), h("span", {}, name),
        withApp && h("span", { class: "app-badge" }, "APP")),
      channel.topic && h("p", { class: "pane-topic", title: channel.topic }, channel.topic)),
    there || "");
  if (withApp) shown.header.append(appTabs("messages"));
}

function draw() {
  const { id, list, box } = shown;
  const messages = state.messages.get(id) ?? [];
  const channel = channelById(id);
  const extras = { before: [introductionOf(channel)], after: new Map() };
  if (isWelcome()) {
    const after = welcomePlace(messages.at(-1)?.ts ?? "");
    const known = messages.some((message) => message.ts === after);
    if (known) extras.after.set(after, welcomeIn(box));
    else extras.before.push(welcomeIn(box));
  }
  list.show(messages, extras);
}

function introductionOf(channel) {
  shown.introduction ??= introduction(channel, channelName(channel));
  return shown.introduction;
}

function welcomeIn(box) {
  shown.welcome ??= welcomeCard({ type: box.fill, openClock: () => emit("open-clock"), putAway: draw });
  return shown.welcome;
}

on("messages", (id) => { if (shown?.id === id) draw(); });
on("channels", () => { if (shown) drawHeader(); });
on("clock-moved", () => { if (shown) draw(); });
