import { h } from "./dom.js";
import { icon } from "./icons.js";

/**
 * A button that shows only a drawing; its label is its name and its tooltip.
 * @param {{shows: string, label: string, run: (event: Event) => void, className?: string, testid?: string|null}} what
 *   anything else is an attribute
 */
export function iconButton({ shows, label, run, className = "", testid = null, ...attributes }) {
  return h("button", {
    type: "button", class: `icon-button ${className}`.trim(), "aria-label": label, title: label, data: { testid },
    on: { click: run }, ...attributes,
  }, icon(shows));
}

/** The way back on a phone, where one pane is on screen at a time. */
export function backButton(label, run) {
  return iconButton({ shows: "back", label, run, className: "back" });
}
