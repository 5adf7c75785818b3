import { h } from "./dom.js";
import { plain, textNode } from "./text/objects.js";

/**
 * Ask before something is done, as the app's confirm object says.
 * @returns {Promise<boolean>}
 */
export function confirmed(confirm) {
  return new Promise((resolve) => {
    const answer = (yes) => { dialog.close(); dialog.remove(); resolve(yes); };
    const style = confirm.style === "danger" ? "button danger" : "button primary";
    const deny = h("button", { type: "button", class: "button", data: { testid: "confirm-no" }, on: { click: () => answer(false) } },
      plain(confirm.deny) || "Cancel");
    const dialog = h("dialog", { class: "confirm", "aria-label": plain(confirm.title) || "Are you sure?" },
      h("h2", { class: "confirm-title" }, plain(confirm.title)),
      confirm.text && textNode(confirm.text),
      h("div", { class: "confirm-buttons" }, deny,
        h("button", { type: "button", class: style, data: { testid: "confirm-yes" }, on: { click: () => answer(true) } },
          plain(confirm.confirm) || "Yes")));
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); answer(false); });
    document.body.append(dialog);
    dialog.showModal();
    deny.focus();
  });
}
