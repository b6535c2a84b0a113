import { admit } from '@meetings/admission.ts';
import { answer } from '@meetings/answer.ts';
import { currentUser } from '@meetings/current-user.ts';

/** May I join? 200, or 401, 403, 404 and 410 with the reason. */
export function POST(request: Request, { params }: { params: Promise<{ id: string }> }) {
  return answer(async () => {
    const { expiresAt } = admit(await currentUser(request), (await params).id);
    return { ok: true, expiresAt: new Date(expiresAt).toISOString() };
  });
}
