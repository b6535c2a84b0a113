import { describe, expect, it } from 'vitest';
import { alice, blame, container, words } from '../alice.ts';

const page = { width: 640, height: 2000 };

describe('web/container-sizing', () => {
  it.each([
    ['fixed over the window', {}],
    ['fixed, and nearly over the window', { width: 625, height: 390, cssHeight: 'auto' }],
    ['fixed by inset', { cssHeight: 'auto' }],
    ['in pixels, below a header', { position: 'static', y: 40, height: 300, cssHeight: '300px' }],
    [
      'in pixels, below the fold of a page that scrolls',
      { position: 'static', y: 900, reach: page, cssHeight: '400px' },
    ],
    ['in pixels, a little beyond the edge', { position: 'absolute', y: 150, cssHeight: '400px' }],
    ['fixed in a corner, in pixels', { x: 440, y: 250, width: 200, height: 150, cssHeight: '150px' }],
    ['in fractions of a pixel', { position: 'relative', height: 399.6, cssHeight: '399.594px' }],
  ])('says nothing of one %s', (_, changes) => {
    expect(blame(alice({ containers: [container(changes)] }))).toEqual([]);
  });

  it.each([
    ['empty', { height: 0, cssHeight: '0px' }, 'was 640 x 0 pixels: nothing of the call can be seen'],
    ['without width', { width: 0 }, 'was 0 x 400 pixels'],
    ['as high as what surrounds it', { position: 'relative', cssHeight: '100%' }, "a height of '100%'"],
    ['of a height of its content', { position: 'static', cssHeight: 'auto' }, "a height of 'auto'"],
    [
      'of a part of what surrounds it',
      { position: 'static', cssHeight: 'calc(100% - 60px)' },
      'calc(100% - 60px)',
    ],
    ['fixed, and shrunk to its content', { height: 90, cssHeight: 'auto' }, 'was 640 x 90 pixels'],
    ['left of the page', { position: 'absolute', x: -9999, cssHeight: '400px' }, 'mostly outside'],
    ['fixed below the window', { y: 390, cssHeight: '300px', height: 300 }, 'mostly outside'],
    [
      'below a page that does not scroll',
      { position: 'static', y: 390, cssHeight: '400px' },
      'mostly outside',
    ],
  ])('finds one %s', (_, changes, expected) => {
    const facts = alice({ containers: [container(), container(changes)] });
    expect(blame(facts)).toEqual(['web/container-sizing error']);
    expect(words(facts)).toContain(expected);
  });
});
