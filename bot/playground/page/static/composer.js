/**
 * The message box of a channel or a thread.
 */
import * as api from "./api.js";
import { h } from "./dom.js";
import { iconButton } from "./icon_button.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { notice, tried } from "./notices.js";
import { state } from "./state.js";
import { commandIn, suggestions } from "./suggestions.js";

/** What was typed and not yet sent, by place. */
const drafts = new Map();

/**
 * @param {{channel: string, threadTs?: string|null, placeholder: string, id?: string}} where
 * @returns {{node: HTMLElement, focus: () => void, fill: (text: string) => void}}
 */
export function composer({ channel, threadTs = null, placeholder, id = null }) {
  const draftKey = `${state.me.id} ${channel} ${threadTs ?? ""}`;
  const box = h("textarea", {
    id, class: "composer-box", rows: 1, placeholder, "aria-label": placeholder, role: "combobox", "aria-expanded": false,
    "aria-autocomplete": "list", enterkeyhint: "send", data: { testid: threadTs ? "thread-box" : "message-box" },
  });
  const usage = h("div", { class: "usage", hidden: true, data: { testid: "usage" } });
  const offers = suggestions(box, { commands: threadTs === null });
  const sendButton = h("button", {
    type: "button", class: "send", "aria-label": "Send", title: "Send", data: { testid: "send" }, on: { click: () => send() },
  }, icon("send"));

  const grow = () => {
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, window.innerHeight * 0.4)}px`;
  };
  const refresh = () => {
    drafts.set(draftKey, box.value);
    grow();
    const command = threadTs === null && /^\/\S+\s/.test(box.value) ? commandIn(box.value) : null;
    usage.hidden = !command;
    if (command) usage.replaceChildren(h("strong", {}, command.command), " ", command.usage_hint || command.description);
    sendButton.disabled = !box.value.trim();
  };
  const fill = (text) => {
    box.value = text;
    box.setSelectionRange(text.length, text.length);
    refresh();
  };
  const send = async () => {
    const text = box.value;
    const refused = refusal(text, threadTs);
    if (refused) return notice(refused);
    if (!text.trim()) return null;
    offers.close();
    fill("");
    const answer = await tried(api.say(channel, text, threadTs));
    // A failed command is put back, unless something new was typed meanwhile.
    const restore = answer === null ? text : answer.restore;
    if (restore && !box.value) { fill(restore); box.focus(); }
    return null;
  };

  box.addEventListener("input", () => { refresh(); offers.refresh(); });
  box.addEventListener("click", () => offers.refresh());
  box.addEventListener("blur", () => offers.close());
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || offers.onKey(event)) return;
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    send();
  });

  const node = h("div", { class: "composer" }, offers.node, usage,
    h("div", { class: "composer-frame" }, box,
      h("div", { class: "composer-bar" },
        !threadTs && shortcutsButton(),
        typeButton("/", "Slash commands", box, offers, !threadTs),
        typeButton("@", "Mention somebody", box, offers, true),
        h("span", { class: "composer-keys" }, "Enter sends · Shift + Enter: new line"), sendButton)));
  fill(drafts.get(draftKey) ?? "");
  requestAnimationFrame(grow);
  return { node, focus: () => box.focus(), fill: (text) => { fill(text); box.focus(); } };
}

/** What Slack's client refuses before anything is sent. */
function refusal(text, threadTs) {
  const word = /^\/[a-z][\w-]*/i.exec(text)?.[0];
  if (!word) return null;
  if (!commandIn(text)) return `${word} is not a valid command. In Slack commands start with a slash: try typing / to see them.`;
  return threadTs ? `${word} is not supported in threads. Sorry! Use it in the channel's message box.` : null;
}

function typeButton(sign, label, box, offers, wanted) {
  const type = () => {
    if (sign === "/" && !box.value) box.value = "/";
    else if (sign === "@") {
      const touchesWord = /\S$/.test(box.value.slice(0, box.selectionStart));
      box.setRangeText(touchesWord ? " @" : "@", box.selectionStart, box.selectionEnd, "end");
    }
    box.focus();
    box.dispatchEvent(new Event("input", { bubbles: true }));
    offers.refresh();
  };
  return wanted && h("button", { type: "button", class: "icon-button composer-sign", "aria-label": label, title: label, on: { click: type } },
    sign === "@" ? icon("at") : h("span", { class: "slash-sign" }, sign));
}

function shortcutsButton() {
  const found = state.shortcuts.filter((shortcut) => shortcut.type === "global");
  if (!found.length) return null;
  const items = found.map((shortcut) => ({
    label: shortcut.name, detail: shortcut.description, data: { callbackId: shortcut.callback_id },
    run: () => tried(api.shortcut(shortcut.callback_id)),
  }));
  const button = iconButton({
    shows: "bolt", label: "Shortcuts", testid: "shortcuts", "aria-haspopup": "menu", run: () => openMenu(button, "Shortcuts", items),
  });
  return button;
}
