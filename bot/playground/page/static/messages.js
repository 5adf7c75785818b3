/**
 * A scrolling list of messages with its days, which stays at its newest while one is there.
 */
import { h, reconcile, remembered } from "./dom.js";
import { messageNode } from "./message.js";
import { zone } from "./state.js";
import { formatted } from "./text/dates.js";
import { daysBetween } from "./text/zones.js";

const TOGETHER_SECONDS = 300;
const NEAR_PX = 140;

/**
 * @param {{inThread?: boolean, label: string}} how
 * @returns {{node: HTMLElement, show: (messages: object[], extras?: {before?: Node[], after?: Map<string, Node>}) => void, toEnd: () => void}}
 */
export function messageList({ inThread = false, label }) {
  const inner = h("div", { class: "messages-inner" });
  const node = h("div", { class: "messages", role: "log", "aria-label": label, "aria-live": "off", tabindex: 0 }, inner);
  const remember = remembered();
  let end = true;
  node.addEventListener("scroll", () => { end = node.scrollHeight - node.scrollTop - node.clientHeight < NEAR_PX; });
  const toEnd = () => { node.scrollTop = node.scrollHeight; end = true; };
  // Pictures and opened keyboards change the height after the messages are there.
  new ResizeObserver(() => { if (end) node.scrollTop = node.scrollHeight; }).observe(inner);
  new ResizeObserver(() => { if (end) node.scrollTop = node.scrollHeight; }).observe(node);

  function show(messages, { before = [], after = new Map() } = {}) {
    const focused = document.activeElement?.closest?.("article[data-ts]");
    const nodes = [...before];
    messages.forEach((message, index) => {
      const previous = messages[index - 1];
      if (!inThread && newDay(previous, message)) nodes.push(divider(message, remember));
      // What began a thread stands apart from its replies.
      const how = { inThread, follows: !(inThread && index === 1) && together(previous, message) };
      // The clock is part of what is drawn: "Today" is not for ever; so is who looks.
      nodes.push(remember(message.ts, [message, how, zone()], () => messageNode(message, how)));
      if (after.has(message.ts)) nodes.push(after.get(message.ts));
    });
    reconcile(inner, nodes);
    if (focused && inner !== focused.parentNode && node.isConnected) {
      inner.querySelector(`article[data-ts="${focused.dataset.ts}"]`)?.focus({ preventScroll: true });
    }
    if (end) toEnd();
  }

  return { node, show, toEnd };
}

function newDay(previous, message) {
  return !previous || daysBetween(previous.time, message.time, zone()) !== 0;
}

function together(previous, message) {
  return Boolean(previous) && previous.user === message.user && !message.ephemeral && !previous.ephemeral && !message.command_echo &&
    message.time - previous.time < TOGETHER_SECONDS && daysBetween(previous.time, message.time, zone()) === 0;
}

function divider(message, remember) {
  const words = formatted(message.time, "{day_divider_pretty}");
  return remember(`day ${message.ts}`, words, () => h("div", { class: "day" }, h("span", {}, words)));
}

/** Where new people start reading: what the channel is for. */
export function introduction(channel, name) {
  const known = channel.kind === "dm" ? `This is the start of your messages with ${name}.` : `This is the start of #${name}.`;
  return h("div", { class: "introduction" }, h("strong", {}, known), channel.topic && h("div", {}, channel.topic));
}

