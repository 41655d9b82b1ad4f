import { SUPPORT_QUESTIONS, type SupportQuestion } from './questions.ts'

export type Found = SupportQuestion & { question: string; answer: string }

/**
 * The questions that fit: those with every word of `query` in question, answer or tags, and with the tag. Accents and case do not matter.
 * `text` gives the words of a question in the person's language.
 */
export function findQuestions(
  { query, tag }: { query: string; tag: string | null },
  text: (id: string, part: 'q' | 'a') => string,
): Found[] {
  const words = plain(query).split(/\s+/).filter(Boolean)
  return SUPPORT_QUESTIONS.map((one) => ({ ...one, question: text(one.id, 'q'), answer: text(one.id, 'a') })).filter((one) => {
    const haystack = plain([one.question, one.answer, ...one.tags].join(' '))
    return (tag === null || one.tags.includes(tag)) && words.every((word) => haystack.includes(word))
  })
}

function plain(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
}
