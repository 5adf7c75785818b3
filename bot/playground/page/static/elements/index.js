import { addressOf, picture } from "../blocks/pictures.js";
import { h } from "../dom.js";
import { button, overflow } from "./button.js";
import { checkboxes, radioButtons } from "./choices.js";
import { datePicker, dateTimePicker, timePicker } from "./moments.js";
import { richTextInput } from "./rich_text_input.js";
import { multiSelect, select } from "./select.js";
import { textInput } from "./text_input.js";

const RENDERERS = {
  button, overflow, checkboxes, radio_buttons: radioButtons,
  datepicker: datePicker, timepicker: timePicker, datetimepicker: dateTimePicker,
  plain_text_input: textInput, email_text_input: textInput, url_text_input: textInput, number_input: textInput,
  rich_text_input: richTextInput,
  image: (element) => picture(addressOf(element), element.alt_text, "accessory-image"),
};

/** @param {import("./acting.js").Place} place */
export function renderElement(element, place) {
  const kind = element.type;
  const isSelect = kind.endsWith("_select");
  const render = RENDERERS[kind] ?? (isSelect ? (kind.startsWith("multi_") ? multiSelect : select) : unknown);
  return render(element, place);
}

function unknown(element) {
  return h("span", { class: "fallback" }, element.text?.text || `(${element.type})`);
}
