// Business time is Asia/Shanghai (UTC+8, no summer time) whatever the phone is set to. JavaScript engines of mini-programs
// cannot be trusted to know time zones, hence the arithmetic.
const OFFSET = 8 * 3_600_000;
const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];
const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})$/;

/** Milliseconds since 1970; `new Date(text)` differs between phones. */
export function instant(text: string): number {
  const match = RFC3339.exec(text);
  if (!match) {
    throw new Error(`not a time: ${text}`);
  }
  const [, year, month, day, hour, minute, second = '0', fraction = '0', zone] = match;
  const local = Date.UTC(+year, +month - 1, +day, +hour, +minute, +second, Math.floor(Number(`0.${fraction}`) * 1000));
  return zone === 'Z' ? local : local - (zone[0] === '-' ? -1 : 1) * (+zone.slice(1, 3) * 60 + +zone.slice(4, 6)) * 60_000;
}

function shanghai(time: string | number) {
  const date = new Date((typeof time === 'string' ? instant(time) : time) + OFFSET);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: WEEKDAYS[date.getUTCDay()],
    clock: `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`,
  };
}

/** 11月22日 */
export function dayOf(time: string): string {
  const at = shanghai(time);
  return `${at.month}月${at.day}日`;
}

/** 11月22日 周日 18:30 */
export function momentOf(time: string): string {
  const at = shanghai(time);
  return `${at.month}月${at.day}日 ${at.weekday} ${at.clock}`;
}

/** 11月22日 周日 14:00–17:00, or both days when it ends on another one. */
export function periodOf(from: string, to: string): string {
  const end = shanghai(to);
  return dayOf(from) === dayOf(to) && shanghai(from).year === end.year ? `${momentOf(from)}–${end.clock}` : `${momentOf(from)} 至 ${momentOf(to)}`;
}

/** 2026年11月 */
export function monthOf(month: string): string {
  const [year, number] = month.split('-');
  return `${year}年${Number(number)}月`;
}

/** 12:05, or 1:02:05 from an hour on; never negative. */
export function remaining(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}

/** RFC 3339 in Asia/Shanghai. */
export function rfc3339(milliseconds: number): string {
  return `${new Date(milliseconds + OFFSET).toISOString().slice(0, 19)}+08:00`;
}

/** 2.5 小时 without needless zeros. */
export function hoursOf(hours: number): string {
  return String(Math.round(hours * 10) / 10);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
