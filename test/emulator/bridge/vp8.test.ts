import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createVp8View, readVp8, writePictureId, writeTl0 } from '../../../src/emulator/bridge/vp8.ts';
import { vp8Payload } from './media.ts';

const view = createVp8View();
const read = (payload: Buffer) => readVp8(payload, 0, payload.length, view);
const bytes = (hex: string) => Buffer.from(hex, 'hex');

describe('a VP8 payload', () => {
  it('tells of its frame and its place in the stream', () => {
    expect(read(vp8Payload({ key: true, pictureId: 0x7abc, tl0: 200, height: 720 }))).toBe(true);
    expect(view).toMatchObject({
      ...{ beginsFrame: true, beginsKeyFrame: true, height: 720 },
      ...{ pictureId: 0x7abc, pictureIdBits: 15, tl0: 200 },
    });
  });

  it.each([
    ['a delta frame', vp8Payload({ key: false }), true, false],
    ['a later packet of a key frame', vp8Payload({ begins: false, key: true }), false, false],
    ['a later partition', bytes('1100'), false, false],
    ['a key frame without a descriptor extension', bytes('1000'), true, true],
  ])('%s', (_name, payload, beginsFrame, beginsKeyFrame) => {
    expect(read(payload)).toBe(true);
    expect(view).toMatchObject({ beginsFrame, beginsKeyFrame });
  });

  it.each([
    ['short', '908005aa', 7, 5],
    ['long', '90808005aa', 15, 5],
    ['no', '9000aa', 0, expect.anything()],
  ])('with %s picture id', (_name, hex, bits, id) => {
    read(bytes(hex));
    expect(view).toMatchObject({ pictureIdBits: bits, pictureId: id });
  });

  it.each([
    ['nothing', ''],
    ['no frame', '10'],
    ['half a descriptor', '90'],
    ['half a picture id', '908080'],
    ['no TL0PICIDX where one should be', '9040'],
    ['no frame after the temporal layer', '902000'],
  ])('is not seen in %s', (_name, hex) => {
    expect(read(bytes(hex))).toBe(false);
  });

  it('keeps everything else when its numbers are rewritten', () => {
    const payload = vp8Payload({ pictureId: 1, tl0: 2, content: Buffer.from('picture') });
    read(payload);
    writePictureId(payload, view, 0x8000 + 77);
    writeTl0(payload, view, 256 + 9);
    expect(payload).toEqual(vp8Payload({ pictureId: 77, tl0: 9, content: Buffer.from('picture') }));
  });

  it('never throws, nor looks beyond its end', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), fc.nat(20), (content, end) => {
        const payload = Buffer.from(content);
        if (!readVp8(payload, 0, Math.min(end, payload.length), view)) return;
        writePictureId(payload, view, 1);
        writeTl0(payload, view, 1);
      }),
    );
  });
});
