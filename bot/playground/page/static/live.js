/**
 * What happens in the workspace, as it happens: Server-Sent Events, with reconnecting.
 */
import { eventsAddress } from "./api.js";

const RETRY_MS = 2000;

let source = null;
let retry = null;

/**
 * Listen as the person acting now; an earlier connection is given up.
 * @param {(event: object) => void} handle
 * @param {() => void} missed called when a connection is back, and things may have happened meanwhile
 * @returns {Promise<void>} resolves when the first connection stands (or is known not to)
 */
export function listen(handle, missed) {
  disconnect();
  return new Promise((resolve) => connect(handle, missed, resolve));
}

function connect(handle, missed, resolve) {
  let broken = false;
  source = new EventSource(eventsAddress());
  source.onopen = () => {
    document.body.dataset.live = "true";
    if (broken || !resolve) missed();
    broken = false;
    resolve?.();
  };
  source.onmessage = (event) => handle(JSON.parse(event.data));
  source.onerror = () => {
    broken = true;
    document.body.dataset.live = "false";
    if (source.readyState !== EventSource.CLOSED) return;
    resolve?.();
    clearTimeout(retry);
    retry = setTimeout(() => connect(handle, missed, null), RETRY_MS);
  };
}

function disconnect() {
  clearTimeout(retry);
  source?.close();
  source = null;
}
