import { askServer } from './ask-server.ts';
import type { Command } from './context.ts';
import { EXIT_OK } from './exit-codes.ts';
import { describeFault, type FaultAnswer } from './fault-words.ts';
import { formatRelative } from './format-time.ts';
import { cut, formatTable } from './table.ts';

export interface FaultListFlags {
  readonly json?: boolean;
}

/** `meet fault list`: a table of what goes wrong now. */
export const faultList: Command<FaultListFlags> = async (context, { json }) => {
  const { out, notes } = context;
  const { faults } = await askServer<{ faults: FaultAnswer[] }>(context, 'GET', '/api/faults');
  const now = context.now();
  if (json) out.line(JSON.stringify(faults));
  else if (faults.length === 0) notes.line('Nothing goes wrong on purpose; make it with: meet fault add');
  else {
    const rows = faults.map(fault => ({
      ID: out.style('bold', fault.id),
      FAULT: cut(describeFault(fault), 44),
      WAY: fault.direction ?? '',
      WHO: cut(fault.uid ?? 'everybody', 16),
      SESSION: cut(fault.sessionId ?? 'every', 24),
      ENDS: fault.until === null ? '' : formatRelative(Date.parse(fault.until), now),
    }));
    for (const line of formatTable(rows, title => out.style('dim', title))) out.line(line);
  }
  return EXIT_OK;
};
