import { inLanguage } from '../language.ts';
import { de } from './texts/de.ts';
import { en, type HomeTexts } from './texts/en.ts';

/** What the home page says, in the visitor's language. */
export const texts: HomeTexts = inLanguage({ en, de });
