import { createFields } from './create-fields.ts';
import { fieldOf, type Problem, readForm } from './create-request.ts';
import { openDialog } from './dialog.ts';
import { codeOf, sayError } from './error-words.ts';
import { createForm } from './form.ts';
import { showLink } from './link-dialog.ts';
import type { Management } from './management.ts';
import { texts } from './texts.ts';

/** Makes a meeting, and shows its link. `done` is told once there is one. */
export function create(management: Management, done: () => void): void {
  const { rows, fields, read, update, reveal } = createFields(
    Intl.DateTimeFormat().resolvedOptions().timeZone,
  );
  const complainAt = (name: keyof typeof fields, words: string) => {
    reveal();
    fields[name].complain(words);
    fields[name].control.focus();
    // With its label, of which focus alone knows nothing.
    fields[name].row.scrollIntoView({ block: 'nearest' });
  };
  const sayProblem = (problem: Problem) =>
    complainAt(problem.field, 'uid' in problem ? texts.badUid(problem.uid) : texts.missing[problem.field]);
  const refuse = (error: unknown) => {
    const field = fieldOf(codeOf(error), read());
    if (field === null) return complain(sayError(error));
    if (field === 'reopen') fields.reopen.row.hidden = false;
    complainAt(field, wordsAt(field, error));
  };
  const { form, complain } = createForm({
    submit: texts.create,
    fields: rows,
    async send() {
      const request = readForm(read());
      if ('field' in request) return sayProblem(request);
      const { url, title, access, created } = await management.create(request);
      dialog.close();
      done();
      const heading = created ? texts.created(title) : texts.existed(title);
      showLink({ url, title, heading, notes: access === 'allow' ? [texts.withInvite] : [] });
    },
    refuse,
  });
  form.addEventListener('input', update);
  fields.title.control.autofocus = true;
  const dialog = openDialog(texts.createTitle, form);
}

function wordsAt(field: string, error: unknown): string {
  if (field === 'hours') return texts.errors.BAD_HOURS;
  return field === 'reopen' ? texts.errors.REOPEN : sayError(error);
}
