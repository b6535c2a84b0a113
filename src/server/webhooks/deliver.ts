import type { OutboxMessage } from '../../core/webhook.ts';
import { signMessage } from './sign.ts';

/** Null: delivered. Else why not, and whether there is any use in trying again. */
export type Failure = { readonly reason: string; readonly final: boolean } | null;

interface Delivery {
  readonly url: string;
  readonly secrets: readonly Buffer[];
  readonly now: number;
  /** Longest wait for the answer's head (ms). */
  readonly patienceMs: number;
  readonly signal: AbortSignal;
}

/** Tries once to bring a message to its receiver. Never throws. */
export async function deliver(message: OutboxMessage, delivery: Delivery): Promise<Failure> {
  const { url, secrets, now, patienceMs, signal } = delivery;
  const slow = AbortSignal.timeout(patienceMs);
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'meet-webhooks',
        ...signMessage(message, secrets, now),
      },
      body: message.body,
      // Where it leads to is not where the operator said.
      redirect: 'manual',
      signal: AbortSignal.any([signal, slow]),
    });
    // Unread, since it may never end.
    void answer.body?.cancel().catch(() => {});
    if (answer.ok) return null;
    // 410: the receiver is gone for good (Standard Webhooks).
    return { reason: `answered ${answer.status}`, final: answer.status === 410 };
  } catch (error) {
    const reason = slow.aborted ? `no answer within ${patienceMs / 1000} s` : causeOf(error);
    return { reason, final: false };
  }
}

/** What fetch failed with, without the address, which may hold a secret. */
function causeOf(error: unknown): string {
  const { cause, name } = error as { cause?: { code?: unknown }; name?: string };
  return `not reached (${String(cause?.code ?? name ?? 'unknown')})`;
}
