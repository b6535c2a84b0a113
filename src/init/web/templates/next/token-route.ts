import { admit } from '@meetings/admission.ts';
import { answer } from '@meetings/answer.ts';
import { issuePass } from '@meetings/cometchat.ts';
import { currentUser } from '@meetings/current-user.ts';

/** The same question as authorize's again, since a page may have skipped it; then the pass. */
export function POST(request: Request, { params }: { params: Promise<{ id: string }> }) {
  return answer(async () => {
    const user = await currentUser(request);
    admit(user, (await params).id);
    return issuePass(user);
  });
}
