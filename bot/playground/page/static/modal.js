/**
 * The stack of modals on the person's screen: a root and what was pushed on it, the top one visible.
 */
import * as api from "./api.js";
import { focusable, h } from "./dom.js";
import { closePopover } from "./popover.js";
import { viewScreen } from "./view_screen.js";

let stack = [];
let returnTo = null;

const dialog = h("dialog", { class: "modal", data: { testid: "modal" } });
document.body.append(dialog);

export function viewOpened(view) {
  if (!stack.length) returnTo = document.activeElement;
  stack = [screenOf(view, 0)];
  show();
}

export function viewPushed(view) {
  if (!stack.length) returnTo = document.activeElement;
  stack.push(screenOf(view, stack.length));
  show();
}

/** An update of a view that is covered by another changes it where it is. */
export function viewUpdated(view) {
  const screen = stack.find((each) => each.view.id === view.id);
  if (!screen) return;
  screen.show(view);
  if (screen === stack.at(-1)) keepFocusInside();
}

export function viewClosed(id) {
  const before = stack.length;
  stack = stack.filter((screen) => screen.view.id !== id);
  if (stack.length !== before) show();
}

/** The stack as the server knows it, the lowest first: after a reload, or when somebody's screen is shown again. */
export function viewsRestored(views) {
  if (stack.length || !views.length) return;
  stack = views.map(screenOf);
  show();
}

/** Tell the server what is typed into the view on top, so that a reload does not lose it. */
export async function keepTyped() {
  const top = stack.at(-1);
  if (top) await api.hold(top.view.id, top.typed()).catch(() => null);
}

export function viewsCleared() {
  stack = [];
  show();
}

function screenOf(view, depth) {
  return viewScreen(view, {
    close: () => leave(stack.map((screen) => screen.view.id)),
    back: () => leave([stack.at(-1).view.id]),
    isLowest: () => depth === 0,
  });
}

/** Take views away at once, then tell of it, the top first; what the app has closed meanwhile needs no telling. */
async function leave(ids) {
  const fromTop = [...ids].reverse();
  fromTop.forEach(viewClosed);
  for (const id of fromTop) await api.close(id).catch(() => null);
}

function show() {
  closePopover();
  const top = stack.at(-1);
  if (!top) {
    if (dialog.open) dialog.close();
    dialog.replaceChildren();
    if (returnTo?.isConnected) returnTo.focus();
    return;
  }
  dialog.replaceChildren(top.node);
  dialog.setAttribute("aria-label", top.node.getAttribute("aria-label"));
  if (!dialog.open) dialog.showModal();
  focusFirst(top);
}

function focusFirst(screen) {
  const body = screen.node.querySelector(".modal-body");
  const wanted = screen.view.blocks.find((block) => block.element?.focus_on_load);
  const root = wanted ? body.querySelector(`[data-block-id="${CSS.escape(wanted.block_id)}"]`) : body;
  const first = focusable(root).find((node) => node.matches("input, textarea, .select")) ?? body;
  // A phone would cover half of the form with its keyboard before anything was read.
  (matchMedia("(pointer: coarse)").matches && !wanted ? body : first).focus();
}

function keepFocusInside() {
  if (!dialog.contains(document.activeElement)) focusFirst(stack.at(-1));
}

dialog.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented) {
    event.preventDefault();
    leave([stack.at(-1).view.id]);
  }
  if (event.key === "Tab") trap(event);
});
// A phone's back gesture arrives as this event; the stack decides what it means.
dialog.addEventListener("cancel", (event) => {
  event.preventDefault();
  if (stack.length) leave([stack.at(-1).view.id]);
});

function trap(event) {
  const all = focusable(dialog);
  const [first, last] = [all[0], all.at(-1)];
  const from = document.activeElement;
  if (event.shiftKey && (from === first || !all.includes(from))) { event.preventDefault(); last?.focus(); }
  else if (!event.shiftKey && from === last) { event.preventDefault(); first?.focus(); }
}
