// Owns the languages: which there are and how one is picked. Texts are in en.json and nl.json beside this file.
export { isLocale, LOCALES, type Locale, negotiateLocale } from './locale.ts'
export { hasText, translate } from './translate.ts'
