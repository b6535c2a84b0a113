import { ask } from '../api.ts';
import type { CreateBody } from './create-request.ts';
import { codeOf } from './error-words.ts';
import type { Meeting } from './meeting.ts';

/** What an admin does with meetings; everything throws an `ApiError`. */
export interface Management {
  list(): Promise<{ readonly meetings: readonly Meeting[]; readonly serverTime: string }>;
  create(body: CreateBody): Promise<Meeting & { readonly created: boolean }>;
  patch(
    id: string,
    body: { readonly extendBy?: string; readonly allow?: readonly string[] },
  ): Promise<Meeting>;
  end(id: string): Promise<Meeting>;
  invite(id: string, body: InviteBody): Promise<{ readonly url: string; readonly uid: string }>;
}

export interface InviteBody {
  readonly uid: string;
  readonly name?: string;
  readonly role: 'guest' | 'host';
}

const LIST = '/api/meetings';

/** Manages meetings with an admin's session. `onOver` is told when the server takes it no more. */
export function createManagement(token: string, onOver: () => void): Management {
  const at = (id: string, what = '') => `${LIST}/${encodeURIComponent(id)}${what}`;
  const manage: typeof ask = async (path, question) => {
    try {
      return await ask(path, { ...question, token });
    } catch (error) {
      if (codeOf(error) === 'NOT_ADMIN') onOver();
      throw error;
    }
  };
  return {
    list: () => manage(LIST, {}),
    create: body => manage(LIST, { body }),
    patch: (id, body) => manage(at(id), { body, method: 'PATCH' }),
    end: id => manage(at(id, '/end'), { body: {} }),
    invite: (id, body) => manage(at(id, '/invites'), { body }),
  };
}
