/**
 * The playground's page: starts everything and hands on what happens. `document.body.dataset.ready` says that the
 * workspace is on screen and listening, `dataset.viewer` as whom.
 */
import * as api from "./api.js";
import { leaveChannel, loadChannel, showChannel } from "./channel.js";
import { announce, h } from "./dom.js";
import { leaveHome, showHome, takeHome } from "./home.js";
import { listen } from "./live.js";
import * as modal from "./modal.js";
import { nameOf } from "./message.js";
import { clearNotices, notice } from "./notices.js";
import { revisit, startRouting } from "./router.js";
import { startSidebar } from "./sidebar.js";
import { adopt, channelById, emit, on, placed, setNow, state } from "./state.js";
import { belongsHere, hideThread, loadThread, showThread } from "./thread.js";
import { refreshDates } from "./text/dates.js";
import { mrkdwn } from "./text/mrkdwn.js";
import { startTopbar } from "./topbar.js";

const VIEWER = "playground.viewer";
const PAUSE_MS = 300;
const pane = document.getElementById("pane");
const threadPane = document.getElementById("thread");

const EVENTS = {
  message: ({ message }) => received(message),
  message_changed: ({ message }) => changed(message),
  message_deleted: ({ channel, ts }) => removed(channel, ts),
  view_opened: ({ view }) => modal.viewOpened(view),
  view_pushed: ({ view }) => modal.viewPushed(view),
  view_updated: ({ view }) => (view.type === "home" ? takeHome(view) : modal.viewUpdated(view)),
  view_closed: ({ view_id: id }) => modal.viewClosed(id),
  views_cleared: () => modal.viewsCleared(),
  home: ({ view }) => takeHome(view),
  clock: ({ now }) => { setNow(now); refreshDates(); emit("clock-moved"); },
  notice: ({ text }) => notice(text),
  violation: ({ text }) => notice(text, "violation"),
  channels: ({ channels }) => { state.channels = channels.map(asRead); emit("channels"); },
};

const isOnScreen = (channel) => state.place.kind === "channel" && state.place.channel === channel;
const asRead = (channel) => (isOnScreen(channel.id) ? { ...channel, unread: 0 } : channel);
const isReply = (message) => Boolean(message.thread_ts) && message.thread_ts !== message.ts;

function received(message) {
  put(message);
  const channel = channelById(message.channel);
  if (channel && !isReply(message) && !isOnScreen(message.channel) && message.user !== state.me.id) {
    channel.unread += 1;
    emit("channels");
  }
  if (message.user !== state.me.id && (isOnScreen(message.channel) || message.ephemeral)) announce(spoken(message));
  // Only the server counts replies and knows what was read; asking for the messages tells it.
  if (isOnScreen(message.channel)) askSoon(message.channel);
}

/** The list itself is no live region: it would read out a whole channel each time one is opened. */
function spoken(message) {
  const words = mrkdwn(message.text).textContent;
  return message.ephemeral ? `Only visible to you, from ${nameOf(message)}: ${words}` : `${nameOf(message)}: ${words}`;
}

let asking = null;

function askSoon(channel) {
  clearTimeout(asking);
  asking = setTimeout(() => { if (isOnScreen(channel)) loadChannel(channel); }, PAUSE_MS);
}

function changed(message) {
  const known = [...(state.messages.get(message.channel) ?? []), ...state.thread].some((other) => other.ts === message.ts);
  if (known || !message.ephemeral) put(message);
}

function put(message) {
  if (belongsHere(message)) {
    state.thread = placed(state.thread, message);
    emit("thread");
  }
  if (!isReply(message) && state.messages.has(message.channel)) {
    state.messages.set(message.channel, placed(state.messages.get(message.channel), message));
    emit("messages", message.channel);
  }
}

function removed(channel, ts) {
  state.messages.set(channel, (state.messages.get(channel) ?? []).filter((message) => message.ts !== ts));
  const wasReply = state.thread.some((message) => message.ts === ts);
  state.thread = state.thread.filter((message) => message.ts !== ts);
  emit("messages", channel);
  emit("thread");
  if (wasReply) loadChannel(channel);
}

/** Draw what the place says; only the part that changed is made anew. */
async function follow(before) {
  const { kind, channel, thread } = state.place;
  if (kind === "home") {
    leaveChannel();
    await showHome(pane);
  } else if (channel && pane.dataset.channel !== channel) {
    leaveHome();
    await showChannel(pane, channel);
  }
  if (!thread) hideThread(threadPane);
  else if (before.thread !== thread || threadPane.hidden) await showThread(threadPane, channel, thread);
}

/** Nothing of what one person saw may stay on the screen of another. */
function forgetScreen() {
  clearNotices();
  leaveChannel();
  leaveHome();
  delete pane.dataset.channel;
  hideThread(threadPane);
}

async function resync() {
  const answer = await api.bootstrap().catch(() => null);
  if (!answer) return;
  setNow(answer.now);
  state.channels = answer.channels.map(asRead);
  emit("channels");
  if (state.place.channel) await loadChannel(state.place.channel);
  await loadThread();
  if (state.place.kind === "home") takeHome((await api.home()).view);
}

/** @returns {Promise<object[]>} the modals that this person has open */
async function viewAs(userId) {
  delete document.body.dataset.ready;
  clearTimeout(asking);
  modal.viewsCleared();
  api.actAs(userId);
  const answer = await bootstrapped();
  adopt(answer);
  api.actAs(answer.me.id);
  localStorage.setItem(VIEWER, answer.me.id);
  document.body.dataset.viewer = answer.me.id;
  document.title = `${answer.app.name} playground`;
  emit("viewer");
  await listen((event) => EVENTS[event.type]?.(event), resync);
  return answer.views;
}

/** All that the page needs to begin: as the person of last time, or whoever the server chooses. */
async function bootstrapped() {
  const answer = await api.bootstrap().catch((error) => {
    if (!(error instanceof api.Refusal)) throw error;
    return null;
  });
  if (answer) return answer;
  api.actAs(null);
  return api.bootstrap();
}

async function start() {
  startTopbar(document.getElementById("topbar"));
  let views = [];
  try {
    views = await viewAs(new URLSearchParams(location.search).get("as") ?? localStorage.getItem(VIEWER));
  } catch (error) {
    pane.replaceChildren(h("div", { class: "starting" }, h("p", {}, "The playground does not answer. Is it running?"), h("p", {}, error.message),
      h("button", { type: "button", class: "button primary", on: { click: () => location.reload() } }, "Try again")));
    return;
  }
  startSidebar(document.getElementById("sidebar"));
  let drawn = Promise.resolve();
  on("place", (before) => { drawn = follow(before); });
  on("minute", refreshDates);
  on("view-as", async (userId) => {
    const views = await viewAs(userId);
    forgetScreen();
    emit("channels");
    revisit();
    await drawn;
    modal.viewsRestored(views);
    document.body.dataset.ready = "true";
    announce(`Viewing as ${state.me.real_name}`);
  });
  window.addEventListener("pagehide", modal.keepTyped);
  startRouting();
  await drawn;
  modal.viewsRestored(views);
  document.body.dataset.ready = "true";
}

start();
