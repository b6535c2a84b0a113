import { askServer } from './ask-server.ts';
import type { Command } from './context.ts';
import { EXIT_OK } from './exit-codes.ts';

export interface FaultClearFlags {
  readonly id?: string;
  readonly json?: boolean;
}

/** `meet fault clear`: all is well again, or one thing more. */
export const faultClear: Command<FaultClearFlags> = async (context, { id, json }) => {
  const { out, notes } = context;
  const path = id === undefined ? '/api/faults' : `/api/faults/${encodeURIComponent(id)}`;
  const { cleared = 1 } = await askServer<{ cleared?: number }>(context, 'DELETE', path);
  if (json) out.line(JSON.stringify({ cleared }));
  else if (cleared === 0) notes.line('There was nothing to clear.');
  else
    notes.line(
      `${notes.style('green', 'Cleared')} ${id ?? (cleared === 1 ? '1 fault' : `${cleared} faults`)}`,
    );
  return EXIT_OK;
};
