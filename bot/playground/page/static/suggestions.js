/**
 * What a message box offers while one types: slash commands, people, channels.
 */
import { avatar } from "./avatar.js";
import { freshId, h } from "./dom.js";
import { icon } from "./icons.js";
import { state } from "./state.js";

const MOST = 8;

/** The command a text would run, or null. */
export function commandIn(text) {
  const word = /^\/\S+/.exec(text)?.[0];
  return state.commands.find((each) => each.command === word) ?? null;
}

function offers(text, caret, { commands }) {
  const slash = commands && /^\/\S*$/.exec(text.slice(0, caret));
  if (slash) {
    const fitting = state.commands.filter((each) => each.command.startsWith(slash[0].toLowerCase()));
    return fitting.map((each) => ({ from: 0, text: each.command, insert: `${each.command} `, node: commandOffer(each) }));
  }
  const word = /(?:^|\s)([@#])([\p{L}\p{N}._-]*)$/u.exec(text.slice(0, caret));
  if (!word) return [];
  const [, sign, typed] = word;
  const from = caret - typed.length - 1;
  return sign === "@" ? people(typed, from) : channels(typed, from);
}

function commandOffer({ command, usage_hint: hint, description }) {
  return [
    h("span", { class: "offer-icon" }, icon("bolt")),
    h("span", { class: "offer-words" },
      h("span", {}, h("strong", {}, command), " ", h("span", { class: "offer-hint" }, hint)),
      h("span", { class: "offer-detail" }, description)),
    h("span", { class: "offer-app" }, state.app.name),
  ];
}

function personOffer(user) {
  return [
    avatar(user, "tiny"),
    h("span", { class: "offer-words" }, h("span", {},
      h("strong", {}, user.display_name || user.real_name || user.name), " ", h("span", { class: "offer-hint" }, `@${user.name}`))),
  ];
}

function groupOffer(handle, name) {
  return [
    h("span", { class: "offer-icon" }, icon("at")),
    h("span", { class: "offer-words" }, h("span", {}, h("strong", {}, `@${handle}`), " ", h("span", { class: "offer-hint" }, name))),
  ];
}

function people(typed, from) {
  const wanted = typed.toLocaleLowerCase();
  const begins = (text) => {
    const whole = (text ?? "").toLocaleLowerCase();
    return [whole, ...whole.split(/\s+/)].some((word) => word.startsWith(wanted));
  };
  const found = [...state.users.values()]
    .filter((user) => !user.deleted && [user.name, user.real_name, user.display_name].some(begins))
    .map((user) => ({ from, text: `@${user.name}`, insert: `@${user.name} `, node: personOffer(user) }));
  const groups = [...state.groups.values()]
    .filter((group) => [group.handle, group.name].some(begins))
    .map(({ handle, name }) => ({ from, text: `@${handle}`, insert: `@${handle} `, node: groupOffer(handle, name) }));
  return [...found, ...groups].slice(0, MOST);
}

function channels(typed, from) {
  return state.channels
    .filter((channel) => channel.kind !== "dm" && channel.name.startsWith(typed.toLowerCase()))
    .slice(0, MOST)
    .map(({ name }) => ({
      from, text: `#${name}`, insert: `#${name} `, node: [h("span", { class: "offer-icon" }, icon("hash")), h("strong", {}, name)],
    }));
}

/**
 * Offer completions above a text box.
 * @param {HTMLTextAreaElement} box
 * @param {{commands: boolean}} what commands are not offered in threads: Slack does not run them there
 * @returns {{node: HTMLElement, refresh: () => void, close: () => void, onKey: (event: KeyboardEvent) => boolean}}
 *   onKey is true when the key was used here
 */
export function suggestions(box, what) {
  const list = h("div", { class: "offers", role: "listbox", id: freshId("offers"), "aria-label": "Suggestions", hidden: true });
  let shown = [];
  let at = 0;
  box.setAttribute("aria-controls", list.id);

  const mark = () => {
    [...list.children].forEach((node, index) => {
      node.classList.toggle("active", index === at);
      node.setAttribute("aria-selected", String(index === at));
    });
    const active = list.children[at];
    active?.scrollIntoView({ block: "nearest" });
    if (active) box.setAttribute("aria-activedescendant", active.id);
  };
  const close = () => {
    shown = [];
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const take = (offer) => {
    box.setRangeText(offer.insert, offer.from, box.selectionStart, "end");
    close();
    box.focus();
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const refresh = () => {
    shown = offers(box.value, box.selectionStart, what);
    if (!shown.length) return close();
    at = 0;
    list.replaceChildren(...shown.map((offer) => h("div", {
      class: "offer", role: "option", id: freshId("offer"), data: { insert: offer.text },
      on: { pointerdown: (event) => event.preventDefault(), click: () => take(offer) },
    }, offer.node)));
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
    return mark();
  };
  const onKey = (event) => {
    if (!shown.length) return false;
    const whole = shown[at].text === box.value.slice(shown[at].from, box.selectionStart);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) at = (at + step + shown.length) % shown.length;
    else if (event.key === "Escape") close();
    else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && !whole)) take(shown[at]);
    else return false;
    event.preventDefault();
    if (step) mark();
    return true;
  };
  return { node: list, refresh, close, onKey };
}
