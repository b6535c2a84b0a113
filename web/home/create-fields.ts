import type { Access, Strategy } from '../../src/core/meeting.ts';
import { type CreateForm, type Field as FieldName, PARTS } from './create-request.ts';
import { element, newId } from './element.ts';
import { createInput, createSelect, createTick, type Field } from './fields.ts';
import { texts } from './texts.ts';

const ONLY_WITH_IDS = ['id', 'prefix', 'bucket'] as const;

/** The fields of a new meeting; which of them show depends on what is chosen. */
export interface CreateFields {
  readonly rows: readonly Node[];
  readonly fields: Readonly<Record<FieldName, Field>>;
  read(): CreateForm;
  /** Shows what the choices ask for, and nothing else. */
  update(): void;
  /** Opens the part that a field is in, which may be folded. */
  reveal(): void;
}

export function createFields(zone: string): CreateFields {
  const { fields: labels, hints } = texts;
  const names = (all: Readonly<Record<string, { readonly name: string }>>) =>
    Object.fromEntries(Object.entries(all).map(([value, { name }]) => [value, name]));
  const fields = {
    title: createInput(texts.optional(labels.title), { maxLength: 200 }),
    strategy: createSelect(labels.strategy, names(texts.strategies)),
    id: createInput(labels.id, { maxLength: 200 }),
    prefix: createInput(labels.prefix, { maxLength: 100 }, hints.prefix),
    bucket: createSelect(labels.bucket, texts.buckets),
    zone: createInput(labels.zone, { value: zone, maxLength: 100 }),
    access: createSelect(labels.access, texts.accesses),
    allow: createInput(labels.allow, {}, hints.allow),
    startsAt: createInput(texts.optional(labels.startsAt), { type: 'datetime-local' }, hints.startsAt),
    expiry: createSelect(labels.expiry, texts.expiries),
    expiresAt: createInput(labels.expiresAt, { type: 'datetime-local' }),
    hours: createInput(texts.optional(labels.hours), { maxLength: 300 }, hints.hours),
    broadcast: createTick(labels.broadcast),
    reopen: createTick(labels.reopen),
  };
  fields.bucket.control.value = 'day';
  const zones = listZones();
  fields.zone.control.setAttribute('list', zones.id);
  fields.reopen.row.hidden = true;
  const { title, strategy, id, prefix, bucket, access, allow, reopen } = fields;
  const more = element(
    'details',
    {},
    element('summary', { textContent: texts.moreOptions }),
    ...[fields.startsAt, fields.expiry, fields.expiresAt, fields.hours, fields.broadcast].map(
      ({ row }) => row,
    ),
  );

  const read = (): CreateForm => ({
    title: title.control.value,
    strategy: strategy.control.value as Strategy,
    id: id.control.value,
    prefix: prefix.control.value,
    bucket: bucket.control.value,
    zone: fields.zone.control.value,
    access: access.control.value as Access,
    allow: allow.control.value,
    // A half-filled time has no value, but is not empty either.
    startsAt: fields.startsAt.control.validity.badInput ? 'half' : fields.startsAt.control.value,
    expiry: fields.expiry.control.value,
    expiresAt: fields.expiresAt.control.value,
    hours: fields.hours.control.value,
    broadcast: fields.broadcast.control.checked,
    reopen: !reopen.row.hidden && reopen.control.checked,
  });
  const update = () => {
    const { strategy: kind, access: who, expiry, hours } = read();
    const parts = PARTS[kind];
    for (const name of ONLY_WITH_IDS) fields[name].row.hidden = !(name in parts);
    fields.zone.row.hidden = !('zone' in parts) && hours.trim() === '';
    allow.row.hidden = who !== 'allow';
    fields.expiresAt.row.hidden = expiry !== 'until';
    strategy.setHint(texts.strategies[kind].hint);
    prefix.setLabel(parts.prefix === 'optional' ? texts.optional(labels.prefix) : labels.prefix);
  };
  update();
  return {
    rows: [
      ...[title, strategy, id, prefix, bucket, access, allow].map(({ row }) => row),
      more,
      fields.zone.row,
      reopen.row,
      zones,
    ],
    fields,
    read,
    update,
    reveal() {
      more.open = true;
    },
  };
}

/** What the browser knows of time zones, to choose from while typing. */
function listZones(): HTMLDataListElement {
  const zones = Intl.supportedValuesOf?.('timeZone') ?? [];
  return element('datalist', { id: newId('zones') }, ...zones.map(value => element('option', { value })));
}
