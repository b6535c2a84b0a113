export interface Mail {
  readonly subject: string;
  /** Lines of plain text. */
  readonly body: readonly string[];
}

/**
 * A link that opens the draft of a mail, to whomever its sender chooses (RFC 6068). Its lines end as mails' do, and a space is
 * `%20`: a plus sign would stay one (section 2).
 */
export function mailtoLink({ subject, body }: Mail): string {
  return `mailto:?subject=${encode(subject)}&body=${encode(body.join('\r\n'))}`;
}

/** A lone surrogate, which no encoding has, becomes U+FFFD instead of an error. */
function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}
