import { encode } from 'uqr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../web/home/texts/en.ts';
import {
  copiedIn,
  dialogOf,
  enter,
  expectGood,
  focused,
  LOOKS,
  linkIn,
  listOf,
  newLink,
  rowOf,
} from './home-admin.ts';
import { type House, openHouse } from './house.ts';
import { countAsked, untilState } from './page-watch.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

describe.each(LOOKS)('the home page $name', ({ texts, options }) => {
  it('takes a link, and says how to make a meeting and how to become admin', async () => {
    const { url } = await house.createMeeting();
    const page = await house.visit(house.url, options);
    await expectGood(page);
    const main = page.locator('main');
    for (const words of [texts.title, 'meet create', 'meet admin'])
      await main.getByText(words, { exact: true }).waitFor();
    const gate = page.getByLabel(texts.go.label);
    await gate.fill('nothing of the kind');
    await gate.press('Enter');
    await page.getByRole('alert').getByText(texts.go.invalid).waitFor();
    await expectGood(page);
    expect(await gate.getAttribute('aria-invalid')).toBe('true');
    expect(await countAsked(page)).toBe(0);
    await gate.fill(` ${url} `);
    await gate.press('Enter');
    await untilState(page, 'lobby');
    expect(page.url()).toBe(url);
  });

  it('makes a meeting, passes it on, invites, extends and ends it', async () => {
    const page = await enter(house, options);
    const troubles: string[] = [];
    page.on('console', message => message.type() === 'error' && troubles.push(message.text()));
    page.on('pageerror', error => troubles.push(String(error)));
    expect(page.url()).toBe(`${house.url}/`);
    const id = `team-core-${options.locale}`.toLowerCase();

    // Make it, with the keyboard alone.
    await page.getByRole('button', { name: texts.newMeeting }).press('Enter');
    const form = dialogOf(page, texts.createTitle);
    const title = form.getByLabel(texts.optional(texts.fields.title));
    await focused(page, title).waitFor();
    await title.pressSequentially('Core team');
    await form.getByLabel(texts.fields.strategy).selectOption('team');
    await title.press('Enter');
    const name = form.getByLabel(texts.fields.id);
    await form.getByText(texts.missing.id).waitFor();
    await focused(page, name).waitFor();
    await expectGood(page);
    await page.keyboard.type(`core ${options.locale}`);
    await page.keyboard.press('Enter');

    // Pass it on.
    const made = dialogOf(page, texts.created('Core team'));
    const url = await linkIn(made, texts).inputValue();
    expect(url).toBe((await listOf(house)).get(id)?.url);
    await expectGood(page);
    await made.getByRole('button', { name: texts.copy }).click();
    await page.getByRole('status').getByText(texts.copiedLink('Core team')).waitFor();
    expect(await copiedIn(page)).toBe(url);
    await page.keyboard.press('Escape');
    const isBack = 'document.activeElement.textContent';
    await expect.poll(() => page.evaluate(isBack)).toBe(texts.newMeeting);
    const row = rowOf(page, id);
    await row.getByText(texts.people('0')).waitFor();
    await expectGood(page);
    await page.evaluate("navigator.clipboard.writeText('something else')");
    await row.getByRole('button', { name: texts.copy }).click();
    await row.getByRole('button', { name: texts.copied }).waitFor();
    expect(await copiedIn(page)).toBe(url);
    expect(await row.getByRole('link', { name: texts.open }).getAttribute('href')).toBe(url);

    // Its QR code.
    await row.getByRole('button', { name: texts.qr }).click();
    const qr = dialogOf(page, 'Core team').getByRole('img', { name: texts.qrOf('Core team') });
    expect(await qr.locator('path').getAttribute('d')).toBe(drawn(url));
    await expectGood(page);
    await dialogOf(page, 'Core team').getByRole('button', { name: texts.close }).click();

    // An invite.
    await row.getByRole('button', { name: texts.invite }).click();
    const asking = dialogOf(page, texts.inviteTitle('Core team'));
    await asking.getByLabel(texts.uid).fill('a b');
    await page.keyboard.press('Enter');
    await asking.getByText(texts.badUid('a b')).waitFor();
    await expectGood(page);
    await asking.getByLabel(texts.uid).fill('ada');
    await asking.getByLabel(texts.optional(texts.name)).fill('Ada L.');
    await asking.getByLabel(texts.asHost).check();
    await asking.getByRole('button', { name: texts.makeInvite }).click();
    const invited = dialogOf(page, texts.invited('Ada L.'));
    const invite = new URL(await linkIn(invited, texts).inputValue()).hash.slice('#invite='.length);
    expect(await house.manage('POST', '/api/identity', { invite })).toMatchObject({
      user: { uid: 'ada', name: 'Ada L.' },
    });
    await expectGood(page);
    await page.keyboard.press('Escape');

    // A day more.
    const expiry = async () => Date.parse(String((await listOf(house)).get(id)?.expiresAt));
    const before = await expiry();
    await row.getByRole('button', { name: texts.extend }).click();
    const extending = dialogOf(page, texts.extendTitle('Core team'));
    await expectGood(page);
    await extending.getByRole('button', { name: texts.extendBy['1d'] }).click();
    await extending.waitFor({ state: 'detached' });
    expect((await expiry()) - before).toBe(24 * 3_600_000);

    // The end, not by mistake.
    const end = row.getByRole('button', { name: texts.end, exact: true });
    const ending = dialogOf(page, texts.endTitle('Core team'));
    await end.click();
    await expectGood(page);
    await page.keyboard.press('Enter');
    await ending.waitFor({ state: 'detached' });
    expect((await listOf(house)).get(id)).toMatchObject({ endedAt: null });
    await end.click();
    await ending.getByRole('button', { name: texts.endNow }).click();
    await row.getByText(texts.states.ended, { exact: true }).waitFor();
    expect((await listOf(house)).get(id)?.endedAt).toEqual(expect.any(String));
    await expect.poll(() => page.evaluate(isBack)).toBe('Core team');
    expect(await row.getByRole('button').count()).toBe(0);
    await expectGood(page);
    expect(troubles).toEqual([]);
  });

  it('turns away who has no session any more, and says what to do', async () => {
    const link = await newLink(house);
    const page = await house.visit(link, options);
    await page.locator('body[data-view=admin]').waitFor();
    await page.reload();
    await page.locator('body[data-view=admin]').waitFor();
    await page.getByRole('button', { name: texts.signOut }).click();
    await page.getByRole('alert').getByText(texts.signedOutNow).waitFor();
    // Used up; and another link in the same tab changes its fragment only.
    await page.goto(link);
    await page.getByRole('alert').getByText(texts.signedOut.BAD_ADMIN_CODE).waitFor();
    expect(page.url()).toBe(`${house.url}/`);
    await expectGood(page);
    await page.goto(await newLink(house));
    await page.locator('body[data-view=admin]').waitFor();
    await page.evaluate(`{
      const session = JSON.parse(sessionStorage.getItem('meet.admin'));
      sessionStorage.setItem('meet.admin', JSON.stringify({ ...session, token: 'stale' }));
    }`);
    await page.reload();
    await page.getByRole('alert').getByText(texts.signedOut.over).waitFor();
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
  });
});

/** The picture of a QR code as one box for each run of dark modules. */
function drawn(text: string): string {
  const { data } = encode(text, { ecc: 'M', border: 4 });
  const boxes = data.flatMap((modules, y) =>
    modules.flatMap((dark, x) => {
      if (!dark || modules[x - 1]) return [];
      const light = modules.indexOf(false, x);
      const width = (light < 0 ? modules.length : light) - x;
      return `M${x} ${y}h${width}v1h-${width}z`;
    }),
  );
  return boxes.join('');
}

describe('a new meeting', () => {
  it('is of any kind, with all that can be said of it', async () => {
    const page = await enter(house);
    const make = async (
      fill: (label: (name: string) => ReturnType<typeof page.getByLabel>) => Promise<unknown>,
    ) => {
      await page.getByRole('button', { name: en.newMeeting }).click();
      const form = dialogOf(page, en.createTitle);
      await form.getByText(en.moreOptions).click();
      await fill(name => form.getByLabel(name, { exact: true }));
      await form.getByRole('button', { name: en.create }).click();
      const url = await linkIn(page.getByRole('dialog'), en).inputValue();
      await page.keyboard.press('Escape');
      return (await listOf(house)).get(new URL(url).pathname.slice('/meet/'.length));
    };
    const { fields, optional } = en;

    expect(await make(async () => {})).toMatchObject({ strategy: 'uuid', title: 'Meeting', access: 'link' });
    expect(
      await make(async label => {
        await label(fields.strategy).selectOption('stable');
        await label(fields.id).fill('42');
        await label(optional(fields.prefix)).fill('room');
        await label(fields.access).selectOption('allow');
        await label(fields.allow).fill('alice, bob');
        await label(optional(fields.startsAt)).fill('2030-05-01T09:00');
        await label(fields.expiry).selectOption('2h');
      }),
    ).toMatchObject({
      sessionId: 'room-42',
      access: 'allow',
      allow: ['alice', 'bob'],
      startsAt: new Date(2030, 4, 1, 9).toISOString(),
      expiresAt: new Date(2030, 4, 1, 11).toISOString(),
    });
    expect(
      await make(async label => {
        await label(fields.strategy).selectOption('appointment');
        await label(fields.id).fill('2026/117');
        await label(fields.access).selectOption('public');
        await label(fields.broadcast).check();
        await label(fields.expiry).selectOption('until');
        await label(fields.expiresAt).fill('2030-05-01T09:00');
      }),
    ).toMatchObject({
      sessionId: 'appt-2026-117',
      access: 'public',
      broadcast: true,
      expiresAt: new Date(2030, 4, 1, 9).toISOString(),
    });
    expect(
      await make(async label => {
        await label(fields.strategy).selectOption('office-hours');
        await label(fields.zone).fill('Asia/Tokyo');
        await label(fields.bucket).selectOption('month');
      }),
    ).toMatchObject({ strategy: 'office-hours', sessionId: expect.stringMatching(/^office-hours-\d{6}$/) });
    expect(
      await make(async label => {
        await label(fields.strategy).selectOption('time');
        await label(fields.prefix).fill('retro');
        await label(fields.bucket).selectOption('week');
      }),
    ).toMatchObject({ strategy: 'time', sessionId: expect.stringMatching(/^retro-\d{4}w\d\d$/) });
    expect(
      await make(async label => {
        await label(fields.strategy).selectOption('team');
        await label(fields.id).fill('desk');
        await label(optional(fields.hours)).fill('Mon-Fri 14:00-16:00');
        await label(fields.zone).fill('Europe/Berlin');
      }),
    ).toMatchObject({ sessionId: 'team-desk', hours: 'Mon-Fri 14:00-16:00', zone: 'Europe/Berlin' });
  });

  it('that the server refuses says why at the field, and an ended one comes back', async () => {
    await house.createMeeting({ strategy: 'team', id: 'taken' });
    await house.createMeeting({ strategy: 'team', id: 'over' });
    await house.manage('POST', '/api/meetings/team-over/end', {});
    const page = await enter(house);
    await page.getByRole('button', { name: en.newMeeting }).click();
    const form = dialogOf(page, en.createTitle);
    const { fields, optional, errors } = en;
    const field = (name: string) => form.getByLabel(name, { exact: true });
    const refusal = async (name: string, words: string) => {
      await form.getByRole('button', { name: en.create }).click();
      await form.getByRole('alert').getByText(words).waitFor();
      await focused(page, field(name)).waitFor();
      expect(await field(name).getAttribute('aria-invalid')).toBe('true');
    };
    await field(fields.strategy).selectOption('stable');
    await field(fields.id).fill('taken');
    await field(optional(fields.prefix)).fill('team');
    await refusal(fields.id, errors.ID_TAKEN);
    await field(fields.id).fill('***');
    await refusal(fields.id, errors.BAD_ID);
    await field(fields.strategy).selectOption('team');
    await field(fields.id).fill('over');
    await refusal(fields.reopen, errors.REOPEN);
    await form.getByText(en.moreOptions).waitFor();
    await field(optional(fields.hours)).fill('whenever');
    await field(fields.reopen).check();
    await refusal(optional(fields.hours), errors.BAD_HOURS);
    await field(optional(fields.hours)).fill('');
    await field(fields.expiry).selectOption('until');
    await field(fields.expiresAt).fill('2020-01-01T09:00');
    await refusal(fields.expiresAt, errors.BAD_TIME);
    await field(fields.expiry).selectOption('1h');
    await form.getByRole('button', { name: en.create }).click();
    await dialogOf(page, en.existed('Team over')).waitFor();
    expect((await listOf(house)).get('team-over')).toMatchObject({ endedAt: null });
  });
});

it('an invite puts who is missing on the list, when asked to', async () => {
  const { sessionId } = await house.createMeeting({ title: 'Closed', allow: ['alice'] });
  const page = await enter(house);
  await rowOf(page, sessionId).getByRole('button', { name: en.invite }).click();
  const asking = dialogOf(page, en.inviteTitle('Closed'));
  await asking.getByLabel(en.uid).fill('bob');
  await page.keyboard.press('Enter');
  await asking.getByText(en.notListed('bob')).waitFor();
  await asking.getByRole('button', { name: en.addToList('bob') }).press('Enter');
  await dialogOf(page, en.invited('bob')).waitFor();
  expect((await listOf(house)).get(sessionId)).toMatchObject({ allow: ['alice', 'bob'] });
});

it('a link that the browser does not let us copy is there to be copied by hand', async () => {
  const { sessionId, url } = await house.createMeeting({ title: 'By hand' });
  // As on plain http beyond localhost.
  const prepare = (page: { addInitScript(script: string): Promise<unknown> }) =>
    page.addInitScript("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
  const page = await enter(house, { prepare });
  await rowOf(page, sessionId).getByRole('button', { name: en.copy }).click();
  await dialogOf(page, 'By hand').getByText(en.copyByHand).waitFor();
  expect(await page.evaluate('getSelection().toString()')).toBe(url);
});

it('the list counts who comes, and says when the server is away', async () => {
  const { sessionId, url } = await house.createMeeting({ title: 'Live' });
  const page = await enter(house);
  const row = rowOf(page, sessionId);
  await row.getByText(en.people('0')).waitFor();
  const alice = await house.visit(url, { as: 'alice' });
  await alice.click('#join');
  await untilState(alice, 'joined');
  await row.getByText(en.people('1')).waitFor();
  await page.route('**/api/meetings', route => route.abort());
  await page.getByRole('status').getByText(en.lost).waitFor();
  await alice.context().close();
  await page.unroute('**/api/meetings');
  await row.getByText(en.people('0')).waitFor();
  await page.getByText(en.lost).waitFor({ state: 'hidden' });
});
