import { h } from "./dom.js";
import { state } from "./state.js";

/** A person's square with initials, or the app's badge. It is decoration: the name always stands beside it. */
export function avatar(user, size = "") {
  const className = `avatar ${size}`;
  if (!user || user.id === state.app?.user_id) {
    return h("img", { class: `${className} avatar-app`, src: "static/logo.svg", alt: "" });
  }
  const colour = user.avatar?.color ?? "#5c6f82";
  return h("span", { class: className, "aria-hidden": "true", style: { "background-color": colour } },
    user.avatar?.initials ?? (user.real_name || user.name || "?").slice(0, 1).toUpperCase());
}
