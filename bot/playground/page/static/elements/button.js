import { h } from "../dom.js";
import { icon } from "../icons.js";
import { openMenu } from "../menu.js";
import { safeAddress } from "../text/mentions.js";
import { plain } from "../text/objects.js";
import { act, hooks } from "./acting.js";

/** A button; one with an address opens it and tells the app as well, as in Slack. */
export function button(element, place) {
  const style = ["primary", "danger"].includes(element.style) ? `button ${element.style}` : "button";
  const props = {
    ...hooks(place, element), class: style, "aria-label": element.accessibility_label,
    on: { click: (event) => act(place, element, null, event.currentTarget) },
  };
  const words = h("span", { class: "button-text" }, plain(element.text));
  const href = element.url && safeAddress(element.url);
  if (href) return h("a", { ...props, href, target: "_blank", rel: "noopener noreferrer" }, words);
  return h("button", { ...props, type: "button" }, words);
}

/** The "more" menu of up to five options. */
export function overflow(element, place) {
  const items = () => element.options.map((option) => ({
    label: plain(option.text),
    detail: option.description && plain(option.description),
    href: option.url && safeAddress(option.url),
    data: { value: option.value },
    run: () => act(place, element, option.value, control),
  }));
  const control = h("button", {
    ...hooks(place, element), type: "button", class: "button overflow", "aria-haspopup": "menu", "aria-expanded": false,
    "aria-label": "More actions", on: { click: () => openMenu(control, "More actions", items()) },
  }, icon("more"));
  return control;
}
