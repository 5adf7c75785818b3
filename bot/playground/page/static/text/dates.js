/**
 * Slack's date tokens (docs: "Date formatting", rich text "Date element"), in the viewer's zone, by the workspace's clock.
 */
import { h } from "../dom.js";
import { now, zone } from "../state.js";
import { dateText, daysBetween, timeText, wall } from "./zones.js";

const MONTHS = [
  "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
];
const HALF_A_YEAR = 183 * 86400;

function ordinal(day) {
  if (day % 100 >= 11 && day % 100 <= 13) return `${day}th`;
  return `${day}${{ 1: "st", 2: "nd", 3: "rd" }[day % 10] ?? "th"}`;
}

/** "3 minutes ago", "in 2 hours" */
function ago(unix, at = now()) {
  const distance = Math.abs(at - unix);
  const steps = [[86400 * 365, "year"], [86400 * 30, "month"], [86400, "day"], [3600, "hour"], [60, "minute"]];
  const found = steps.find(([seconds]) => distance >= seconds);
  if (!found) return "just now";
  const count = Math.floor(distance / found[0]);
  const words = `${count} ${found[1]}${count === 1 ? "" : "s"}`;
  return unix > at ? `in ${words}` : `${words} ago`;
}

function relativeDay(unix) {
  const days = daysBetween(now(), unix, zone());
  return { "-1": "yesterday", 0: "today", 1: "tomorrow" }[days] ?? null;
}

const PARTS = {
  date_num: (_, time) => dateText(time),
  date_slash: (_, { day, month, year }) => `${String(day).padStart(2, "0")}/${String(month).padStart(2, "0")}/${year}`,
  date: (unix, { day, month, year }) =>
    `${MONTHS[month - 1]} ${ordinal(day)}${Math.abs(unix - now()) > HALF_A_YEAR ? `, ${year}` : ""}`,
  date_short: (_, { day, month, year }) => `${MONTHS[month - 1].slice(0, 3)} ${day}, ${year}`,
  date_long: (_, { weekday, day, month, year }) => `${weekday}, ${MONTHS[month - 1]} ${ordinal(day)}, ${year}`,
  date_long_full: (_, { day, month, year }) => `${MONTHS[month - 1]} ${day}, ${year}`,
  day_divider: (unix, time) => {
    const sameYear = time.year === wall(now(), zone()).year;
    return sameYear ? `${time.weekday}, ${MONTHS[time.month - 1]} ${ordinal(time.day)}` : PARTS.date_long(unix, time);
  },
  time: (_, time) => timeText(time),
  time_secs: (_, time) => `${timeText(time)}:${String(time.second).padStart(2, "0")}`,
  ago: (unix) => ago(unix),
};

/**
 * Fill in a format such as "{date_short_pretty} at {time}". Words for days begin with a capital where they begin the text.
 * @returns {string|null} null when a token is unknown: the caller shows the fallback
 */
export function formatted(unix, format) {
  const time = wall(unix, zone());
  let unknown = false;
  const text = format.replace(/\{(\w+)\}/g, (_, token, position) => {
    const part = PARTS[token.replace(/_pretty$/, "")];
    if (!part) {
      unknown = true;
      return "";
    }
    const day = token.endsWith("_pretty") ? relativeDay(unix) : null;
    if (!day) return part(unix, time);
    return position === 0 ? day[0].toUpperCase() + day.slice(1) : day;
  });
  return unknown ? null : text;
}

/** "Sat 21 Nov, 13:10": short enough for the header of a phone; another year than this one is said. */
export function shortMoment(unix, inZone = zone()) {
  const time = wall(unix, inZone);
  const year = time.year === wall(now(), inZone).year ? "" : ` ${time.year}`;
  return `${time.weekday.slice(0, 3)} ${time.day} ${MONTHS[time.month - 1].slice(0, 3)}${year}, ${timeText(time)}`;
}

export const clockTime = (unix, inZone = zone()) => timeText(wall(unix, inZone));

const refreshing = new Set();

/** A date that follows the workspace's clock: "Today" becomes "Yesterday" when the clock is moved. */
export function dateNode(unix, format, fallback) {
  const valid = Number.isFinite(unix) && Math.abs(unix) < 8e12;
  if (!valid) return document.createTextNode(fallback);
  const node = h("time", {
    class: "date", datetime: new Date(unix * 1000).toISOString(), title: formatted(unix, "{date_long} at {time}"),
  });
  const write = () => { node.textContent = formatted(unix, format) ?? fallback; };
  write();
  refreshing.add({ node: new WeakRef(node), write });
  return node;
}

/** Write every date on screen anew; those that have left it are forgotten. */
export function refreshDates() {
  for (const entry of refreshing) {
    if (entry.node.deref()?.isConnected) entry.write();
    else refreshing.delete(entry);
  }
}
