export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The first language of the list that we speak, as browsers order them by their owner's wish; else English. */
export function chooseLanguage(wanted: readonly string[]): Language {
  const spoken = wanted.map(tag => LANGUAGES.find(language => tag.toLowerCase().split('-')[0] === language));
  return spoken.find(language => language !== undefined) ?? 'en';
}

/** What the page is read in. Decided once: a page that changes its language under its reader helps nobody. */
export const LANGUAGE: Language = chooseLanguage(globalThis.navigator?.languages ?? []);

/** Of one text in all languages, the visitor's. */
export function inLanguage<Words>(words: Readonly<Record<Language, Words>>): Words {
  return words[LANGUAGE];
}
