/**
 * The pane beside the channel: one thread.
 */
import * as api from "./api.js";
import { composer } from "./composer.js";
import { h } from "./dom.js";
import { backButton, iconButton } from "./icon_button.js";
import { messageList } from "./messages.js";
import { tried } from "./notices.js";
import { channelById, channelName, dismissed, emit, on, state } from "./state.js";

let shown = null;

/** Put a thread on screen and load it. */
export async function showThread(pane, channelId, ts) {
  const channel = channelById(channelId);
  const list = messageList({ inThread: true, label: "Thread" });
  const box = composer({ channel: channelId, threadTs: ts, placeholder: "Reply…" });
  const close = () => emit("go", { channel: channelId });
  const count = h("span", { class: "thread-count" });
  const divider = h("div", { class: "thread-divider", "aria-hidden": "true" });
  shown = { channel: channelId, ts, list, count, divider };
  state.thread = [];
  pane.replaceChildren(
    h("div", { class: "pane-header" },
      backButton("Back to the channel", close),
      h("div", { class: "pane-names" }, h("h2", { class: "pane-title" }, "Thread"),
        h("p", { class: "pane-topic" }, channel.kind === "dm" ? channelName(channel) : `#${channelName(channel)}`, count)),
      iconButton({ shows: "close", label: "Close the thread", run: close, className: "thread-close", testid: "thread-close" })),
    list.node, box.node);
  pane.hidden = false;
  pane.onkeydown = (event) => { if (event.key === "Escape" && !event.defaultPrevented) close(); };
  await loadThread();
  list.toEnd();
  if (matchMedia("(pointer: fine)").matches) box.focus();
}

export async function loadThread() {
  if (!shown) return;
  const { channel, ts } = shown;
  const answer = await tried(api.messages(channel, ts));
  if (!answer || shown?.ts !== ts) return;
  const away = dismissed();
  const parent = (state.messages.get(channel) ?? []).filter((message) => message.ts === ts);
  const rest = answer.messages.filter((message) => !away.has(message.ts));
  state.thread = rest.some((message) => message.ts === ts) ? rest : [...parent, ...rest];
  emit("thread");
}

export function hideThread(pane) {
  shown = null;
  pane.hidden = true;
  pane.replaceChildren();
}

/** True when a message belongs in the thread on screen. */
export function belongsHere(message) {
  return shown !== null && message.channel === shown.channel && (message.thread_ts === shown.ts || message.ts === shown.ts);
}

function draw() {
  if (!shown) return;
  const replies = state.thread.filter((message) => message.ts !== shown.ts && !message.ephemeral).length;
  const words = replies > 0 ? `${replies} ${replies === 1 ? "reply" : "replies"}` : "";
  shown.count.textContent = words && ` · ${words}`;
  shown.divider.textContent = words;
  const after = words ? new Map([[shown.ts, shown.divider]]) : new Map();
  shown.list.show(state.thread, { after });
}

on("thread", draw);
on("clock-moved", draw);
