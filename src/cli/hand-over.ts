import { copyToClipboard } from './clipboard.ts';
import type { Context } from './context.ts';
import { drawQr } from './qr.ts';
import type { ShareFlags } from './share-flags.ts';

/** Copies and draws the link that was printed. Both go beside the result, which stays on stdout alone. */
export async function handOver(context: Context, url: string, { copy, qr }: ShareFlags): Promise<void> {
  if (qr) noteQr(context, url);
  if (copy) await copyToClipboard(context, url);
}

function noteQr({ io, notes }: Context, url: string): void {
  const lines = drawQr(url, notes.colors);
  const plain = drawQr(url, false);
  const width = plain[0]?.length ?? 0;
  const { columns = width } = io.stderr;
  if (columns < width) {
    const words = `The QR code needs ${width} columns, and this terminal has ${columns}; make it wider, or its letters smaller.`;
    notes.line(notes.style('yellow', words));
    return;
  }
  for (const line of lines) notes.line(line);
}
