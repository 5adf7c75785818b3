/**
 * The few DOM tools the page is built with. User text only ever enters through text nodes: nothing here reads HTML.
 */

const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an element.
 * @param {string} tag
 * @param {object} [props] `class`, `on` (listeners), `data` (dataset), `style` (CSS properties); a function, boolean or
 *   `value` is set as a property where the element has one, anything else as an attribute. null and undefined are skipped.
 * @param {...(Node|string|number|null|undefined|false|Array)} children nested arrays are flattened
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined) continue;
    setProp(element, name, value);
  }
  append(element, children);
  return element;
}

function setProp(element, name, value) {
  if (name === "class") element.className = value;
  else if (name === "on") {
    for (const [type, listener] of Object.entries(value)) element.addEventListener(type, listener);
  } else if (name === "data") {
    for (const [key, item] of Object.entries(value)) {
      if (item !== null && item !== undefined) element.dataset[key] = item;
    }
  } else if (name === "style") {
    for (const [key, item] of Object.entries(value)) element.style.setProperty(key, item);
  } else if (name.startsWith("aria-")) element.setAttribute(name, String(value));
  else if (typeof value === "boolean" || name === "value") {
    if (name in element) element[name] = value;
    else if (value) element.setAttribute(name, "");
  } else element.setAttribute(name, String(value));
}

/** Append children, skipping what is empty, so that callers can write `condition && node`. */
export function append(parent, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    parent.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return parent;
}

/** An SVG drawing of one path, 20 by 20, in the colour of the text around it. It is decoration: hidden from screen readers. */
export function drawing(path, className = "icon") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", className);
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

/**
 * Make `parent` hold exactly `nodes`, touching only what differs: a node that stays where it was keeps its focus, its
 * selection and its scroll position.
 */
export function reconcile(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.childNodes]) {
    if (!wanted.has(child)) child.remove();
  }
  nodes.forEach((node, index) => {
    if (parent.childNodes[index] !== node) parent.insertBefore(node, parent.childNodes[index] ?? null);
  });
}

/**
 * A list of nodes that are made again only when their JSON changes.
 * @returns {(key: string, json: unknown, make: () => Node) => Node} one node per key
 */
export function remembered() {
  const kept = new Map();
  return (key, json, make) => {
    const print = JSON.stringify(json);
    const before = kept.get(key);
    if (before && before.print === print) return before.node;
    const node = make();
    kept.set(key, { print, node });
    return node;
  };
}

let lastId = 0;

/** An id no other element of the page has. */
export function freshId(prefix) {
  lastId += 1;
  return `${prefix}-${lastId}`;
}

/** Have a screen reader say something that only appears visually. */
export function announce(text) {
  const announcer = document.getElementById("announcer");
  announcer.textContent = "";
  // Readers ignore a text that is replaced in the same turn.
  setTimeout(() => { announcer.textContent = text; }, 50);
}

/** Everything inside `root` that Tab can reach, in order. */
export function focusable(root) {
  const all = root.querySelectorAll("a[href], button, input, textarea, select, [tabindex]");
  return [...all].filter((node) => !node.disabled && node.tabIndex >= 0 && node.getClientRects().length > 0);
}
