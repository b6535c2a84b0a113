import { MeetError } from '../../core/errors.ts';
import { type CastMember, fullMember, MOST_PEOPLE, type Role, sends } from './cast.ts';

/** Names for those who were only counted. */
const NAMES = 'alice bob carol dan eve frank grace heidi ivan judy mallory niaj'.split(' ');

const NAME = /^[a-z0-9][a-z0-9_-]{0,29}$/i;
const ROLES: readonly Role[] = ['full', 'voice', 'observer', 'denied'];
const EXAMPLE = 'as in --people 3 or --people alice,bob:voice,carol:late,dan:observer,eve:denied';

/**
 * Reads who meets: a number, or names with what is special about them (`carol:voice+late`). BAD_REQUEST, in words, for
 * what is none, and for a cast of which nothing could be proven.
 */
export function parseCast(text: string): readonly CastMember[] {
  if (/^\s*\d+\s*$/.test(text)) return countedMembers(Number(text));
  const members = text.split(',').map(parseMember);
  checkNumber(members.length);
  checkNames(members);
  checkProvable(members);
  return members;
}

function countedMembers(count: number): CastMember[] {
  checkNumber(count);
  return NAMES.slice(0, count).map(fullMember);
}

function parseMember(text: string): CastMember {
  const [name = '', ...rest] = text.trim().split(':');
  if (!NAME.test(name)) throw refusal(`"${name}" is no name: up to 30 letters, digits, - and _, ${EXAMPLE}`);
  if (rest.length > 1)
    throw refusal(`"${text.trim()}" has two colons; join what is special by +: voice+late`);
  const options = rest.flatMap(list => list.split('+'));
  const unknown = options.find(option => option !== 'late' && !ROLES.some(role => role === option));
  if (unknown !== undefined)
    throw refusal(`"${unknown}" is nothing ${name} can be: voice, observer, denied or late`);
  const roles = ROLES.filter(role => options.includes(role));
  if (roles.length > 1) throw refusal(`${name} cannot be both ${roles.join(' and ')}; choose one`);
  return { name, role: roles[0] ?? 'full', late: options.includes('late') };
}

function checkNumber(count: number): void {
  if (count < 2) throw refusal('a meeting needs two people or more');
  if (count > MOST_PEOPLE)
    throw refusal(`at most ${MOST_PEOPLE} people can be told apart by colour and tone; ask for fewer`);
}

function checkNames(members: readonly CastMember[]): void {
  const names = members.map(({ name }) => name.toLowerCase());
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw refusal(`two people are called ${twice}; give each a name of her own`);
}

function checkProvable(members: readonly CastMember[]): void {
  const inside = members.filter(({ role }) => role !== 'denied');
  if (inside.length < 2)
    throw refusal('nobody meets whom the browser denies camera and microphone; add two who are not denied');
  if (!inside.some(({ role }) => sends(role, 'video') || sends(role, 'audio')))
    throw refusal('observers neither show nor say anything to prove; let one have a camera or a voice');
  if (inside.every(({ late }) => late))
    throw refusal('somebody has to be there before the late; leave out one late');
}

function refusal(words: string): MeetError {
  return new MeetError('BAD_REQUEST', `--people: ${words}.`);
}
