import { words } from './words.ts';

/** The report to be read first and copied then. Returns what writes it anew. */
export function createReportView(panel: HTMLElement, write: () => string): () => void {
  panel.innerHTML = `<p id="report-lead" class="note"></p>
    <textarea id="report-text" readonly spellcheck="false" aria-describedby="report-lead"></textarea>
    <div class="actions"><button id="copy" type="button"></button><button id="renew" type="button"></button></div>
    <p id="copied" role="status"></p>`;
  const at = <Type extends HTMLElement>(id: string) => panel.querySelector(`#${id}`) as Type;
  const text = at<HTMLTextAreaElement>('report-text');
  const told = at('copied');
  at('report-lead').textContent = words.reportLead;
  at('copy').textContent = words.copy;
  at('renew').textContent = words.renew;
  text.ariaLabel = words.reportLabel;
  const renew = () => {
    text.value = write();
    told.textContent = '';
  };
  at('renew').addEventListener('click', renew);
  at('copy').addEventListener('click', async () => {
    told.textContent = (await copy(text.value)) ? words.copied : words.notCopied;
    if (told.textContent === words.notCopied) {
      text.focus();
      text.select();
    }
  });
  return renew;
}

/** False where the browser refuses, as it does on insecure addresses. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
