import { MeetError } from '../core/errors.ts';
import { isRecord } from './plain-json.ts';
import type { Rule, Severity } from './rule.ts';

export type Level = Severity | 'off';

const LEVELS: readonly Level[] = ['error', 'warning', 'info', 'off'];

/** What a rule counts as here: its own severity where the project has no other wish. */
export function severityOf(rule: Rule, levels: Readonly<Record<string, Level>>): Level {
  return levels[rule.id] ?? rule.severity;
}

/** Reads `check.rules` of `meet.config.json`. Throws `BAD_CONFIG` for rules and levels that do not exist. */
export function readLevels(config: unknown, known: readonly string[]): Record<string, Level> {
  const rules = isRecord(config) ? (config.rules ?? {}) : config;
  if (!isRecord(config) || !isRecord(rules))
    throw bad('check must be like {"rules": {"web/token-logged": "warning"}}');
  const extra = Object.keys(config).find(field => field !== 'rules');
  if (extra) throw bad(`check has an unknown field ${extra}; it takes rules`);
  return Object.fromEntries(Object.entries(rules).map(([id, level]) => [id, readLevel(id, level, known)]));
}

function readLevel(id: string, level: unknown, known: readonly string[]): Level {
  if (!known.includes(id)) throw bad(`there is no rule ${id}; meet check --list has them all`);
  const found = LEVELS.find(each => each === level);
  if (!found) throw bad(`the level of ${id} must be one of ${LEVELS.join(', ')}`);
  return found;
}

function bad(what: string): MeetError {
  return new MeetError('BAD_CONFIG', `meet.config.json: ${what}.`);
}
