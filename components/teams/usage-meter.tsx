import { useFormatter, useTranslations } from 'next-intl'

/** How much of a limit is used: a number for everyone, a bar for the eye. Nearly full and full are said in words as well. */
export function UsageMeter({ label, used, limit, note }: { label: string; used: number | null; limit: number | null; note?: string }) {
  const t = useTranslations('plan.usage')
  const format = useFormatter()
  const share = used !== null && limit ? Math.min(1, used / limit) : 0
  const full = used !== null && limit !== null && used >= limit
  const nearly = !full && share >= 0.8
  const fill = full ? 'text-danger-text' : nearly ? 'text-warning-text' : 'text-accent-text'
  return (
    <div className="space-y-1.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-medium">{label}</span>
        <span className="text-muted">
          {used === null ? t('hidden') : null}
          {used === null
            ? null
            : limit === null
              ? t('unlimited', { used: format.number(used) })
              : t('of', { used: format.number(used), limit: format.number(limit) })}
        </span>
      </div>
      {used !== null && limit !== null ? (
        <svg viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden className={`h-2 w-full rounded-full bg-sunken ${fill}`}>
          <rect width={share * 100} height="2" fill="currentColor" />
        </svg>
      ) : null}
      {full || nearly || note ? (
        <p className="text-[0.8125rem] text-muted">
          {full ? `${t('full')} ` : nearly ? `${t('nearly')} ` : ''}
          {note}
        </p>
      ) : null}
    </div>
  )
}
