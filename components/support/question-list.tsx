import { getTranslations } from 'next-intl/server'
import { TextLink } from '../ui/link.tsx'
import type { Found } from './find-questions.ts'
import { SUPPORT_AREAS } from './questions.ts'

/** Questions by area, each folded around its answer. Folds are the browser's: no script. */
export async function QuestionList({ questions, open }: { questions: readonly Found[]; open: boolean }) {
  const t = await getTranslations('support')
  return SUPPORT_AREAS.filter((area) => questions.some((one) => one.area === area)).map((area) => (
    <section key={area} aria-labelledby={`area-${area}`} className="mt-8">
      <h2 id={`area-${area}`} className="mb-3 text-lg font-semibold">
        {t(`areas.${area}`)}
      </h2>
      <div className="divide-y divide-line rounded-xl border border-line bg-surface">
        {questions
          .filter((one) => one.area === area)
          .map(({ id, question, answer, docs, page, tags }) => (
            <details key={id} id={id} open={open || undefined} className="scroll-mt-6 px-5 py-3.5">
              <summary className="font-medium">{question}</summary>
              <p className="mt-2 text-pretty">{answer}</p>
              <p className="mt-2 flex flex-wrap gap-x-4 gap-y-1">
                {docs ? <TextLink href={docs}>{t('docs')}</TextLink> : null}
                <TextLink href={page}>{t('there')}</TextLink>
                <span className="text-muted">{tags.join(' · ')}</span>
              </p>
            </details>
          ))}
      </div>
    </section>
  ))
}
