/**
 * Small surfaces that open at a control: menus, pickers, the clock. One at a time; Esc and a press elsewhere close them;
 * focus goes back to where it came from. On a phone the style sheet makes them sheets at the bottom.
 */
import { h } from "./dom.js";

let open = null;

const MARGIN = 8;

/**
 * Open a popover.
 * @param {{anchor: HTMLElement, content: Node, className?: string, label: string, onClose?: () => void}} what
 * @returns {{node: HTMLElement, close: () => void, place: () => void}}
 */
export function openPopover({ anchor, content, className = "", label, onClose }) {
  closePopover();
  const node = h("div", { class: `popover ${className}`, popover: "manual", role: "dialog", "aria-label": label }, content);
  // A modal dialog makes everything outside itself inert, so what opens over it has to live inside it.
  (anchor.closest("dialog") ?? document.body).append(node);
  node.showPopover();
  anchor.setAttribute("aria-expanded", "true");

  const place = () => position(node, anchor);
  const outside = (event) => {
    if (!node.contains(event.target) && !anchor.contains(event.target)) close({ refocus: false });
  };
  const escape = (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };
  const close = ({ refocus = true } = {}) => {
    if (open?.node !== node) return;
    open = null;
    document.removeEventListener("pointerdown", outside, true);
    document.removeEventListener("keydown", escape, true);
    window.removeEventListener("resize", place);
    anchor.setAttribute("aria-expanded", "false");
    const hadFocus = node.contains(document.activeElement);
    node.remove();
    if (refocus && hadFocus) anchor.focus();
    onClose?.();
  };

  open = { node, close };
  document.addEventListener("pointerdown", outside, true);
  document.addEventListener("keydown", escape, true);
  window.addEventListener("resize", place);
  place();
  return { node, close, place };
}

export function closePopover() {
  open?.close({ refocus: false });
}

/** True when the popover at this control is open: its button closes it then instead of opening it again. */
export function isOpenAt(anchor) {
  return open !== null && anchor.getAttribute("aria-expanded") === "true";
}

function position(node, anchor) {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = node;
  const below = window.innerHeight - at.bottom - MARGIN;
  const top = height <= below || below >= at.top ? at.bottom + 4 : at.top - height - 4;
  const left = Math.min(at.left, window.innerWidth - width - MARGIN);
  node.style.top = `${Math.max(MARGIN, Math.min(top, window.innerHeight - height - MARGIN))}px`;
  node.style.left = `${Math.max(MARGIN, left)}px`;
}
