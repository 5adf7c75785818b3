/**
 * Text objects of blocks.
 */
import { h } from "../dom.js";
import { withEmoji } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";

/**
 * A text object as a node, plain text with its line breaks.
 * @param {{type: string, text: string, emoji?: boolean, verbatim?: boolean}} object
 */
export function textNode(object, className = "text") {
  if (object.type === "mrkdwn") return h("div", { class: className }, mrkdwn(object.text, object));
  return h("div", { class: `${className} plain` }, plain(object));
}

/** The characters of a plain_text object; `:names:` become signs only where the object says so. */
export function plain(object) {
  if (!object) return "";
  return object.emoji ? withEmoji(object.text) : object.text;
}

/** The text of anything for a label, where no markup can be shown. */
export function label(object) {
  return object?.type === "mrkdwn" ? mrkdwn(object.text, object).textContent : plain(object);
}
