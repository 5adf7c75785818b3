/**
 * Slack's own red line, and the playground's remark when the bot did what Slack would refuse.
 */
import { Refusal, Trouble } from "./api.js";
import { h } from "./dom.js";
import { iconButton } from "./icon_button.js";
import { icon } from "./icons.js";

const SHOWN_MS = 12000;
const MOST = 3;

/** @param {"error"|"violation"} kind */
export function notice(text, kind = "error") {
  const close = () => node.remove();
  const node = h("div", { class: `notice notice-${kind}`, data: { testid: kind === "error" ? "notice" : "violation" } },
    icon("warning"),
    h("span", { class: "notice-text" }, kind === "violation" && h("strong", {}, "A rule of Slack’s was broken: "), text),
    iconButton({ shows: "close", label: "Dismiss", run: close }));
  place(node);
  if (kind === "error") setTimeout(close, SHOWN_MS);
}

/** Lines are for one person: another one does not see them. */
export function clearNotices() {
  document.getElementById("notices").replaceChildren();
}

/** An open modal covers everything else, so that is where a line has to appear then. */
function place(node) {
  const dialog = document.querySelector("dialog[open] .modal-notices");
  const here = dialog ?? document.getElementById("notices");
  for (const other of [...here.children]) if (other.textContent === node.textContent) other.remove();
  here.append(node);
  while (here.children.length > MOST) here.firstChild.remove();
}

/**
 * Wait for something a person asked for; say in a line why it did not happen.
 * @returns {Promise<any>} null when it did not
 */
export async function tried(promise) {
  try {
    return await promise;
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof Trouble)) throw error;
    notice(error.message);
    return null;
  }
}
