import Form from 'next/form'
import { getFormatter, getTranslations } from 'next-intl/server'
import { RANGES, type Range } from '#lib/usage/index.ts'
import { Alert } from '../ui/alert.tsx'
import { Button, ButtonLink } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { firstDay, lastDay, type UsageAddress, usageHref } from './address.ts'

const KNOWN = RANGES.filter((key) => key !== 'custom')

/** The choice of the range, which dates it has, in which time zone, and what of the wish could not be had. */
export async function RangeBar({ range, address }: { range: Range; address: UsageAddress }) {
  const [t, format] = await Promise.all([getTranslations('usage.range'), getFormatter()])
  const { key, from, to, zone, notice } = range
  const moment = (at: Date) =>
    format.dateTime(at, { timeZone: zone, dateStyle: 'medium', ...(wholeDays(range) ? {} : { timeStyle: 'short' }) })
  const end = wholeDays(range) ? new Date(to.getTime() - 1) : to
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
        <nav aria-label={t('label')} className="flex flex-wrap gap-1">
          {KNOWN.map((known) => (
            <ButtonLink
              key={known}
              href={usageHref(address, { range: known })}
              variant={known === key ? 'secondary' : 'ghost'}
              aria-current={known === key ? 'page' : undefined}
            >
              {t(`keys.${known}`)}
            </ButtonLink>
          ))}
        </nav>
        <Form action={address.path} className="flex flex-wrap items-end gap-2">
          {address.team ? <input type="hidden" name="team" value={address.team} /> : null}
          <input type="hidden" name="range" value="custom" />
          <TextField label={t('from')} name="from" type="date" defaultValue={firstDay(range)} className="w-36" />
          <TextField label={t('to')} name="to" type="date" defaultValue={lastDay(range)} className="w-36" />
          <Button type="submit">{t('show')}</Button>
        </Form>
      </div>
      {notice ? <Alert tone="warning">{t(`notices.${notice}`)}</Alert> : null}
      <p className="text-muted">
        {t('shown', { from: moment(from), to: moment(end), zone })}
        {offHours(range) ? ` ${t('offHours')}` : null}
      </p>
    </div>
  )
}

function wholeDays({ step }: Range): boolean {
  return step !== 'minute' && step !== 'hour'
}

/** In zones that are half an hour off, days begin within an hour, and hours are the smallest that is kept. */
function offHours({ starts }: Range): boolean {
  return (
    starts.length > 1 &&
    starts.some((at) => at.getUTCMinutes() !== 0) &&
    starts.every((at) => at.getUTCMinutes() === starts[0]?.getUTCMinutes())
  )
}
