/**
 * A searchable list at a control: what all select menus open. Arrows move, Enter picks, Esc closes.
 */
import { freshId, h } from "../dom.js";
import { openPopover } from "../popover.js";
import { label, plain, textNode } from "../text/objects.js";

const PAUSE_MS = 150;

/**
 * @param {object} what
 * @param {HTMLElement} what.anchor
 * @param {string} what.title
 * @param {(query: string) => Promise<Array<{label: object|null, options: object[]}>>|Array} what.load groups that fit
 * @param {(option: object) => boolean} what.isChosen
 * @param {(option: object, picker: {close: () => void, redraw: () => void}) => void} what.pick
 * @param {() => void} [what.onClose]
 */
export function openPicker({ anchor, title, load, isChosen, pick, onClose }) {
  const listId = freshId("options");
  const search = h("input", {
    class: "picker-search", type: "search", role: "combobox", placeholder: "Search", autocomplete: "off",
    "aria-label": `Search ${title}`, "aria-controls": listId, "aria-expanded": true, "aria-autocomplete": "list",
  });
  const list = h("div", { class: "picker-list", id: listId, role: "listbox", "aria-label": title, tabindex: -1 });
  const popover = openPopover({ anchor, content: h("div", { class: "picker" }, search, list), className: "popover-picker", label: title, onClose });
  const current = { options: [], at: -1 };
  const control = { close: popover.close, redraw: () => { mark(); } };

  const mark = () => {
    current.options.forEach(({ node, option }, index) => {
      node.classList.toggle("active", index === current.at);
      node.setAttribute("aria-selected", String(isChosen(option)));
    });
    const active = current.options[current.at]?.node;
    active?.scrollIntoView({ block: "nearest" });
    if (active) search.setAttribute("aria-activedescendant", active.id);
    else search.removeAttribute("aria-activedescendant");
  };

  let asked = 0;
  const draw = async () => {
    const turn = asked += 1;
    const groups = await load(search.value.trim());
    if (turn !== asked || !popover.node.isConnected) return;
    current.options = [];
    list.replaceChildren(...groups.filter((group) => group.options.length).map((group) => groupNode(group, current, pick, control)));
    if (!current.options.length) list.replaceChildren(h("div", { class: "picker-none" }, groups.hint ?? "No results"));
    current.at = current.options.findIndex(({ option }) => isChosen(option));
    if (current.at < 0 && current.options.length) current.at = 0;
    mark();
    popover.place();
  };

  let waiting = null;
  let drawn = Promise.resolve();
  const drawNow = () => { clearTimeout(waiting); waiting = null; drawn = draw(); };
  search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(drawNow, PAUSE_MS); });
  // Who types fast presses Enter before the list has followed: what is meant is what was typed.
  const pickMarked = async () => {
    if (waiting !== null) drawNow();
    await drawn;
    const found = current.options[current.at];
    if (found && popover.node.isConnected) pick(found.option, control);
  };
  popover.node.addEventListener("keydown", (event) => {
    const last = current.options.length - 1;
    const to = { ArrowDown: current.at + 1, ArrowUp: current.at - 1, PageDown: last, PageUp: 0 }[event.key];
    if (event.key === "Tab") popover.close();
    if (event.key === "Enter") {
      event.preventDefault();
      pickMarked();
    }
    if (to === undefined || last < 0) return;
    event.preventDefault();
    current.at = (to + last + 1) % (last + 1);
    mark();
  });
  drawNow();
  // On a phone a focused field brings up the keyboard over the very list it searches.
  if (matchMedia("(pointer: coarse)").matches) list.focus();
  else search.focus();
}

function groupNode(group, current, pick, control) {
  const name = group.label && plain(group.label);
  return h("div", { class: "picker-group", role: name ? "group" : "presentation", "aria-label": name },
    name && h("div", { class: "picker-group-name", "aria-hidden": "true" }, name),
    group.options.map((option) => {
      const node = h("div", {
        class: "option", role: "option", id: freshId("option"), data: { value: option.value },
        on: { click: () => pick(option, control), pointerdown: (event) => { if (event.pointerType === "mouse") event.preventDefault(); } },
      }, h("span", { class: "option-text" }, option.node?.() ?? textNode(option.text, "option-label")),
      option.description && h("span", { class: "option-description" }, label(option.description)));
      current.options.push({ option, node });
      return node;
    }));
}
