/**
 * A menu at a button: overflow elements, what can be done with a message.
 */
import { h } from "./dom.js";
import { closePopover, isOpenAt, openPopover } from "./popover.js";

/**
 * @param {HTMLElement} anchor
 * @param {string} label what the menu is for, read aloud
 * @param {Array<{label: string, detail?: string, danger?: boolean, href?: string, data?: object, run: () => void}>} items
 */
export function openMenu(anchor, label, items) {
  if (isOpenAt(anchor)) return closePopover();
  const nodes = items.map((item) => menuItem(item));
  const list = h("div", { class: "menu", role: "menu", on: { keydown: (event) => move(event, nodes) } }, nodes);
  openPopover({ anchor, content: list, className: "popover-menu", label });
  return nodes[0]?.focus();
}

function menuItem({ label, detail, danger, href, data, run }) {
  const props = {
    class: danger ? "menu-item danger" : "menu-item", role: "menuitem", tabindex: -1, data,
    on: { click: () => { closePopover(); run(); } },
  };
  const inner = [h("span", {}, label), detail && h("span", { class: "menu-detail" }, detail)];
  return href
    ? h("a", { ...props, href, target: "_blank", rel: "noopener noreferrer" }, inner)
    : h("button", { ...props, type: "button" }, inner);
}

function move(event, nodes) {
  const at = nodes.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: nodes.length - 1 }[event.key];
  if (event.key === "Tab") closePopover();
  if (to === undefined) return;
  event.preventDefault();
  nodes[(to + nodes.length) % nodes.length].focus();
}
