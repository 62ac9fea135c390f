/** The log: JSON lines on standard error. Codes, ids and numbers only; never message text, a name, a phone, an address or a token. */
import { LOG_LEVELS, type LogLevel } from './config.ts';

export type Fields = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export type Log = (level: Exclude<LogLevel, 'silent'>, event: string, fields?: Fields) => void;

/** Writes lines of `level` and graver. */
export function createLog(level: LogLevel, write: (line: string) => void, now: () => number): Log {
  const most = LOG_LEVELS.indexOf(level);
  return (at, event, fields = {}) => {
    if (LOG_LEVELS.indexOf(at) > most) return;
    write(`${JSON.stringify({ at: new Date(now()).toISOString(), level: at, event, ...fields })}\n`);
  };
}
