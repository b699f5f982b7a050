/** Times are drawn in the person's language and zone here, so that what the server draws is the same for all. */

import { findAll, page } from "./page";

const language = document.documentElement.lang;
const isChinese = language.startsWith("zh");
const locale = isChinese ? "zh-CN" : "en-GB";
const DAY = 86_400_000;

const clock = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const pieces = format({ year: "numeric", month: isChinese ? "numeric" : "short", day: "numeric", weekday: "short" });
const keys = new Intl.DateTimeFormat("en-CA", { timeZone: zone(), year: "numeric", month: "2-digit", day: "2-digit" });
const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });

function zone(): string | undefined {
  return page.timeZone || undefined;
}

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, { timeZone: zone(), ...options });
}

/** 2026-11-20: the day that a moment belongs to, in the person's zone. */
export function dayOf(moment: Date): string {
  return keys.format(moment);
}

export function time(moment: Date): string {
  return clock.format(moment);
}

/** 11月20日 周五, Fri 20 Nov; with the year when it is another one. */
export function date(moment: Date): string {
  const found = Object.fromEntries(pieces.formatToParts(moment).map(({ type, value }) => [type, value]));
  const { year = "", month = "", day = "", weekday = "" } = found;
  const isThisYear = year === pieces.formatToParts(new Date()).find(({ type }) => type === "year")?.value;
  if (isChinese) return `${isThisYear ? "" : `${year}年`}${month}月${day}日 ${weekday}`;
  return `${weekday} ${day} ${month}${isThisYear ? "" : ` ${year}`}`;
}

/** 今天 · 11月20日 周五 */
export function day(moment: Date): string {
  const days = Math.round((Date.parse(dayOf(moment)) - Date.parse(dayOf(new Date()))) / DAY);
  if (days !== 0 && days !== -1) return date(moment);
  const word = relative.format(days, "day");
  return `${word.charAt(0).toUpperCase()}${word.slice(1)} · ${date(moment)}`;
}

const ways: Record<string, (moment: Date) => string> = {
  time,
  date,
  day,
  full: (moment) => `${date(moment)} ${time(moment)}`,
};

export function showTimes(inside: ParentNode): void {
  for (const element of findAll<HTMLTimeElement>("time[data-show]", inside)) {
    const moment = new Date(element.dateTime);
    const way = ways[element.dataset.show ?? ""];
    if (!way || Number.isNaN(moment.getTime())) continue;
    element.textContent = way(moment);
    element.title = `${date(moment)} ${time(moment)}`;
  }
}

showTimes(document);
document.addEventListener("htmx:after:swap", () => showTimes(document));
