import { getTranslations } from 'next-intl/server'
import { Badge } from '../ui/badge.tsx'
import { ERRORS, type ErrorGroup } from './error-codes.ts'

/** What each code of a group means and what helps; the code is the anchor that answers of the API link to. */
export async function ErrorList({ group }: { group: ErrorGroup }) {
  const t = await getTranslations('docs.errors')
  return (
    <dl className="my-4 divide-y divide-line rounded-lg border border-line">
      {ERRORS[group].map(({ code, status }) => (
        <div key={code} id={code} className="scroll-mt-6 px-4 py-3 target:bg-accent-soft">
          <dt className="flex flex-wrap items-center gap-2">
            <a href={`#${code}`} className="rounded-sm font-mono text-[0.8125rem] font-semibold hover:underline">
              {code}
            </a>
            <Badge>{status}</Badge>
          </dt>
          <dd className="mt-1 text-pretty">{t(`${code}.means`)}</dd>
          <dd className="mt-0.5 text-pretty text-muted">{t(`${code}.fix`)}</dd>
        </div>
      ))}
    </dl>
  )
}
