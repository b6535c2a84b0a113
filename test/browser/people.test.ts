import { describe, expect, it, onTestFinished } from 'vitest';
import { COUPLE } from '../../src/smoke/people/cast.ts';
import { parseCast } from '../../src/smoke/people/parse-cast.ts';
import type { SmokeReport } from '../../src/smoke/report/report.ts';
import { runMeet, temporaryProject } from '../cli/server-process.ts';
import { openBackend } from './broken-page.ts';
import { failureOf, runBroken } from './smoke-run.ts';

async function smoke(...args: string[]) {
  const { folder } = await temporaryProject();
  return runMeet(folder, ['smoke', '--json', ...args]);
}

/** A run as a user starts it, which has to pass. */
async function meetAs(people: string): Promise<SmokeReport> {
  const { code, stdout, stderr } = await smoke('--people', people);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as SmokeReport;
}

/** Who sees and hears whom, in the order of names. */
function perceived({ media }: SmokeReport) {
  return Object.fromEntries(
    Object.entries(media).map(([name, { sees, hears }]) => [
      name,
      { sees: [...sees].sort(), hears: [...hears].sort() },
    ]),
  );
}

function detailOf({ phases }: SmokeReport, phase: string): string | undefined {
  return phases.find(({ name }) => name === phase)?.detail;
}

describe('meet smoke --people', () => {
  it('proves four people each to each', async () => {
    const report = await meetAs('4');
    expect(perceived(report)).toEqual({
      alice: { sees: ['bob', 'carol', 'dan'], hears: ['bob', 'carol', 'dan'] },
      bob: { sees: ['alice', 'carol', 'dan'], hears: ['alice', 'carol', 'dan'] },
      carol: { sees: ['alice', 'bob', 'dan'], hears: ['alice', 'bob', 'dan'] },
      dan: { sees: ['alice', 'bob', 'carol'], hears: ['alice', 'bob', 'carol'] },
    });
    // Five of each of the three others.
    for (const { framesDecoded } of Object.values(report.media)) expect(framesDecoded).toBeGreaterThan(14);
    expect(detailOf(report, 'leave')).toMatch(/^alice left by the button, bob and carol and dan saw it/);
  });

  it('lets people with voices only, and odd names, hear each other', async () => {
    const report = await meetAs('0:voice,X_y-2:voice');
    expect(perceived(report)).toEqual({
      '0': { sees: [], hears: ['X_y-2'] },
      'X_y-2': { sees: [], hears: ['0'] },
    });
    expect(detailOf(report, 'camera')).toBe('nobody has one');
    expect(detailOf(report, 'media')).toMatch(/^a tone each \d+ ms after opening; every tone is right$/);
  });

  it('proves to an observer the others, and to nobody the observer', async () => {
    expect(perceived(await meetAs('alice,bob:observer'))).toEqual({
      alice: { sees: [], hears: [] },
      bob: { sees: ['alice'], hears: ['alice'] },
    });
  });

  it('proves to a late joiner those who were there, and to them her', async () => {
    const report = await meetAs('alice,bob:voice,carol:late');
    expect(perceived(report)).toEqual({
      alice: { sees: ['carol'], hears: ['bob', 'carol'] },
      bob: { sees: ['alice', 'carol'], hears: ['alice', 'carol'] },
      carol: { sees: ['alice'], hears: ['alice', 'bob'] },
    });
    expect(detailOf(report, 'late')).toBe('carol came when the others had met');
  });

  it('takes the refusal of somebody who is denied her devices as expected', async () => {
    const report = await meetAs('alice,bob,eve:denied');
    expect(report.media.eve).toEqual({
      ...{ sees: [], hears: [], framesDecoded: 0 },
      refused: expect.stringMatching(/^eve was refused her devices \(NotAllowedError\), and her page says "/),
    });
    expect(perceived(report)).toMatchObject({
      alice: { sees: ['bob'], hears: ['bob'] },
      bob: { sees: ['alice'], hears: ['alice'] },
    });
  });

  it('fails on a page that does not survive a denial', async () => {
    const afterSdk = `const devices = navigator.mediaDevices;
      const ask = devices.getUserMedia.bind(devices);
      devices.getUserMedia = wish => ask(wish).catch(() => document.body.replaceChildren());`;
    const cast = { ...COUPLE, members: parseCast('alice,bob,eve:denied') };
    expect(failureOf(await runBroken({ afterSdk, options: { cast } }))).toEqual({
      exitCode: 17,
      phase: 'camera',
      words: expect.stringMatching(
        /^eve was refused her devices \(NotAllowedError\), and her page shows nothing at all/,
      ),
    });
  });

  it("takes it as expected on a page that is not ours, where the SDK's own words are all there is", async () => {
    const backend = await openBackend();
    onTestFinished(() => backend.close());
    const cast = { ...COUPLE, members: parseCast('alice,bob,eve:denied') };
    expect(await backend.run('', { cast })).toEqual({ exitCode: 0 });
  });

  it('tells what two tabs of one profile share', async () => {
    // One after the other: tabs that join at once race for the stored camera.
    const { code, stdout, stderr } = await smoke('--people', 'alice,bob:late', '--same-profile');
    expect(code, stderr).toBe(0);
    expect(detailOf(JSON.parse(stdout), 'camera')).toMatch(
      /^both .*; one profile: the tabs share jitsiMeetId and lastVideoDeviceId, and the camera has (another|the same) id/,
    );
  });

  it('names the camera of another tab, where SDK v4 finds it stored when it joins', async () => {
    const foreign = `const get = Storage.prototype.getItem;
      Storage.prototype.getItem = function (key) {
        return key === 'lastVideoDeviceId' ? 'of-another-tab' : get.call(this, key);
      };`;
    const report = await runBroken({
      afterSdk: foreign,
      options: { cast: { ...COUPLE, sameProfile: true }, limits: { camera: 3000 } },
    });
    expect(failureOf(report)).toEqual({
      exitCode: 17,
      phase: 'camera',
      words: expect.stringMatching(
        /(alice|bob)'s camera never started in the call: tabs of one profile share lastVideoDeviceId, .*Overconstrained/,
      ),
    });
  });

  it.each([
    ['0', 'a meeting needs two people or more'],
    ['1', 'a meeting needs two people or more'],
    ['13', 'at most 12 people can be told apart'],
    ['many', 'a meeting needs two people or more'],
    ['2.5', '"2.5" is no name'],
    ['José,bob', '"José" is no name'],
    ['bob,Bob', 'two people are called bob'],
    ['alice,bob:silent', '"silent" is nothing bob can be'],
  ])('refuses %j with exit code 2 and words', async (people, words) => {
    const { code, stdout, stderr } = await smoke('--people', people);
    expect(code).toBe(2);
    expect(stdout + stderr).toContain(`--people: ${words}`);
  });
});
