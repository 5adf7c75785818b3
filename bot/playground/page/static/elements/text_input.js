/** One line or several: text, e-mail, address, number. */
import { h } from "../dom.js";
import { plain } from "../text/objects.js";
import { act, held, hooks, keep, naming } from "./acting.js";

const TYPES = { email_text_input: "email", url_text_input: "url" };
const MODES = { number_input: "decimal", url_text_input: "url", email_text_input: "email" };
const PAUSE_MS = 350;

export function textInput(element, place) {
  const many = element.type === "plain_text_input" && element.multiline;
  const props = {
    ...naming(place, plain(element.placeholder)), class: many ? "field field-many" : "field",
    placeholder: plain(element.placeholder), autocomplete: "off", inputmode: MODES[element.type],
  };
  const field = many ? h("textarea", { ...props, rows: 5 }) : h("input", { ...props, type: TYPES[element.type] ?? "text" });
  field.value = held(place, element) ?? "";
  const counter = element.max_length && h("span", { class: "counter", "aria-hidden": "true" });
  const count = () => {
    if (!counter) return;
    const left = element.max_length - [...field.value].length;
    counter.textContent = left;
    counter.classList.toggle("counter-over", left < 0);
  };
  field.addEventListener("input", () => { keep(place, element, field.value); count(); });
  count();
  if (place.acts) dispatching(field, element, place);
  return h("div", { data: hooks(place, element).data, class: "text-field" }, field, counter);
}

/** Send on the triggers the app asked for; Enter alone where it asked for none. */
function dispatching(field, element, place) {
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const send = () => act(place, element, field.value || null);
  let waiting = null;
  if (triggers.includes("on_character_entered")) {
    field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(send, PAUSE_MS); });
  }
  if (triggers.includes("on_enter_pressed")) {
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      clearTimeout(waiting);
      send();
    });
  }
}
