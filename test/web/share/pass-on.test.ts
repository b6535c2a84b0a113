import { describe, expect, it } from 'vitest';
import { type Offer, passOn } from '../../../web/share/pass-on.ts';

const OFFER: Offer = { title: 'Review', text: 'Join “Review”.', url: 'https://meet.example/meet/r#key=k' };

/** A browser that notes what it is given; `sheet` and `clipboard` say what becomes of it. */
function browser(sheet: string | null, clipboard: 'yes' | 'no' | 'missing' = 'yes', can = true) {
  const given: unknown[] = [];
  const refuse = (name: string) => Promise.reject(new DOMException('', name));
  const take = (what: unknown, name: string | null) => {
    given.push(what);
    return name ? refuse(name) : Promise.resolve();
  };
  return {
    given,
    ...(sheet !== null && {
      canShare: () => can,
      share: (data: unknown) => take(data, sheet || null),
    }),
    ...(clipboard !== 'missing' && {
      clipboard: {
        writeText: (text: string) => take(text, clipboard === 'no' ? 'NotAllowedError' : null),
      },
    }),
  };
}

describe('a link is passed on', () => {
  it.each([
    ['with the share sheet', browser(''), 'shared', [{ ...OFFER }]],
    ['or not, and nothing else is tried', browser('AbortError'), 'cancelled', [{ ...OFFER }]],
    ['with the clipboard where the sheet fails', browser('NotAllowedError'), 'copied', [OFFER, OFFER.url]],
    ['with the clipboard where the sheet takes no links', browser('', 'yes', false), 'copied', [OFFER.url]],
    ['with the clipboard where there is no sheet', browser(null), 'copied', [OFFER.url]],
    ['by hand where the clipboard is refused', browser(null, 'no'), 'refused', [OFFER.url]],
    ['by hand on plain http, where there is neither', browser(null, 'missing'), 'refused', []],
    ['by hand where both fail', browser('DataError', 'no'), 'refused', [OFFER, OFFER.url]],
  ] as const)('%s', async (_, ways, outcome, given) => {
    expect(await passOn(OFFER, ways)).toBe(outcome);
    expect(ways.given).toEqual(given);
  });

  it('on a browser that cannot say what it shares, as if it had no sheet', async () => {
    const { canShare: _, ...old } = browser('');
    expect(await passOn(OFFER, old)).toBe('copied');
  });
});
