import { describe, expect, it } from 'vitest';
import { createEmitter } from '../../../web/sdk/emitter.ts';

describe('the emitter', () => {
  it('hands the payload to every listener of the name', () => {
    const { on, emit } = createEmitter();
    const heard: unknown[] = [];
    on('onParticipantJoined', payload => heard.push(payload));
    on('onParticipantJoined', payload => heard.push(payload));
    on('onParticipantLeft', payload => heard.push(payload));
    emit('onParticipantJoined', 1);
    expect(heard).toEqual([1, 1]);
  });

  it('forgets a listener by the returned function and by its signal', () => {
    const { on, emit } = createEmitter();
    const heard: string[] = [];
    const stop = new AbortController();
    const off = on('onSessionLeft', () => heard.push('returned'));
    on('onSessionLeft', () => heard.push('signal'), { signal: stop.signal });
    off();
    stop.abort();
    on('onSessionLeft', () => heard.push('too late'), { signal: stop.signal });
    emit('onSessionLeft');
    expect(heard).toEqual([]);
  });

  it('lets a listener leave while it is being called', () => {
    const { on, emit } = createEmitter();
    const heard: number[] = [];
    const off = on('onSessionLeft', () => {
      off();
      heard.push(1);
    });
    on('onSessionLeft', () => heard.push(2));
    emit('onSessionLeft');
    emit('onSessionLeft');
    expect(heard).toEqual([1, 2, 2]);
  });
});
