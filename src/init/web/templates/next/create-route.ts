import { readAllowList } from '@meetings/admission.ts';
import { answer } from '@meetings/answer.ts';
import { currentUser } from '@meetings/current-user.ts';
import { createMeeting } from '@meetings/store.ts';

/** Makes a meeting. Its link is `/meet/<id>`. */
export function POST(request: Request) {
  return answer(async () => {
    const user = await currentUser(request);
    const body: unknown = await request.json().catch(() => null);
    const { id, expiresAt } = createMeeting(readAllowList(body, user));
    return { id, path: `/meet/${id}`, expiresAt: new Date(expiresAt).toISOString() };
  });
}
