import { clsx } from 'clsx'
import { Check, CircleDashed, Eye, X } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { Badge } from '#components/ui/badge.tsx'
import type { Step } from '#lib/explain/index.ts'
import { phrase } from './phrases.ts'

const ICONS = {
  passed: { icon: Check, className: 'text-success-text' },
  failed: { icon: X, className: 'text-danger-text' },
  skipped: { icon: CircleDashed, className: 'text-muted' },
  monitored: { icon: Eye, className: 'text-warning-text' },
} as const

/** The gate's checks in order, the first that refused standing out. */
export async function StepList({ steps, failed }: { steps: readonly Step[]; failed: string | null }) {
  const t = await getTranslations('explain')
  return (
    <ol aria-label={t('steps')} className="divide-y divide-line">
      {steps.map(({ number, check, verdict, expected, received }) => {
        const { icon: Icon, className } = ICONS[verdict]
        const refused = check === failed
        return (
          <li
            key={check}
            data-check={check}
            data-verdict={verdict}
            aria-current={refused ? 'step' : undefined}
            className={clsx('flex gap-3 px-5 py-2.5', refused && 'bg-danger-soft', verdict === 'skipped' && 'text-muted')}
          >
            <Icon aria-hidden className={clsx('mt-[3px] size-4 shrink-0', className)} />
            <span className="w-5 shrink-0 text-right text-muted tabular-nums">{number}</span>
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <span className={refused ? 'font-medium' : undefined}>{t(`checks.${check}`)}</span>
                <span className="sr-only">: {t(`verdict.${verdict}`)}</span>
                <code className="font-mono text-xs text-muted">{check}</code>
                {refused ? <Badge tone="danger">{t('refusedHere')}</Badge> : null}
                {verdict === 'monitored' ? <Badge tone="warning">{t('verdict.monitored')}</Badge> : null}
              </p>
              {expected || received ? (
                <dl className="mt-0.5 grid gap-x-4 text-[0.8125rem] [overflow-wrap:anywhere] sm:grid-cols-2">
                  {expected ? <Seen term={t('expected')} value={phrase(t, expected)} /> : null}
                  {received ? <Seen term={t('received')} value={phrase(t, received)} /> : null}
                </dl>
              ) : null}
            </div>
          </li>
        )
      })}
    </ol>
  )
}

function Seen({ term, value }: { term: string; value: string }) {
  return (
    <div className="flex flex-wrap gap-x-1.5">
      <dt className="text-muted">{term}:</dt>
      <dd>{value}</dd>
    </div>
  )
}
