import { SlidersHorizontal } from 'lucide-react'
import Form from 'next/form'
import { getTranslations } from 'next-intl/server'
import { Button } from '#components/ui/button.tsx'
import { SelectField, TextField } from '#components/ui/field.tsx'
import { ANY_REFUSAL, CUSTOM_RANGE, DEFAULT_RANGE, REQUEST_RANGES, type RequestFilters } from '#lib/requests/schemas.ts'
import { DECISIONS } from './decisions.ts'

export type FilterFormProps = {
  /** The page's own path. */
  action: string
  filters: RequestFilters
  /** Sent along: the team. */
  hidden: Record<string, string>
  /** To choose from; null: type an id. Undefined on the page of one client. */
  clients: readonly { id: string; name: string }[] | null | undefined
}

const MORE = ['client', 'domain', 'path', 'ip', 'request', 'from', 'to'] as const

/** The filters of the request log as a plain form: its answer is an address to keep. */
export async function FilterForm({ action, filters, hidden, clients }: FilterFormProps) {
  const [t, all] = await Promise.all([getTranslations('requests.filters'), getTranslations('requests')])
  const any = { value: '', label: t('any') }
  const range = filters.range ?? (filters.from || filters.to ? CUSTOM_RANGE : DEFAULT_RANGE)
  const text = { autoComplete: 'off', spellCheck: false } as const
  const unlisted = filters.decision && ![...DECISIONS, ANY_REFUSAL].includes(filters.decision) ? [filters.decision] : []
  return (
    // Made anew with other filters, so that its fields show them.
    <Form key={JSON.stringify(filters)} action={action} scroll={false} aria-label={t('label')} className="space-y-4">
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div className="grid grid-cols-2 items-end gap-3 md:grid-cols-[repeat(4,minmax(0,1fr))_auto]">
        <SelectField
          label={t('range')}
          name="range"
          defaultValue={range}
          options={[
            ...Object.keys(REQUEST_RANGES).map((value) => ({ value, label: all(`ranges.${value}`) })),
            { value: CUSTOM_RANGE, label: t('custom') },
          ]}
        />
        <SelectField
          label={t('status')}
          name="status"
          defaultValue={filters.status ?? ''}
          options={[
            any,
            ...['2xx', '3xx', '4xx', '5xx'].map((value) => ({ value, label: all(`statuses.${value}`) })),
            ...(filters.status && !filters.status.endsWith('xx') ? [{ value: filters.status, label: filters.status }] : []),
          ]}
        />
        <SelectField
          label={t('decision')}
          name="decision"
          defaultValue={filters.decision ?? ''}
          options={[
            any,
            { value: ANY_REFUSAL, label: all('refused') },
            ...[...DECISIONS, ...unlisted].map((value) => ({ value, label: value })),
          ]}
        />
        <SelectField
          label={t('mode')}
          name="mode"
          defaultValue={filters.mode ?? ''}
          options={[any, ...(['test', 'live'] as const).map((value) => ({ value, label: all(`mode.${value}`) }))]}
        />
        <Button type="submit" className="max-md:col-span-2">
          {t('apply')}
        </Button>
      </div>
      <details open={MORE.some((name) => filters[name] !== undefined)} className="group">
        <summary className="inline-flex items-center gap-2 rounded-sm text-muted hover:text-ink touch:min-h-11">
          <SlidersHorizontal aria-hidden className="size-4" />
          {t('more')}
        </summary>
        <div className="mt-3 grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
          {clients ? (
            <SelectField
              label={t('client')}
              name="client"
              defaultValue={filters.client ?? ''}
              options={[any, ...withChosen(clients, filters.client).map(({ id, name }) => ({ value: id, label: name }))]}
            />
          ) : clients === null ? (
            <TextField label={t('client')} name="client" defaultValue={filters.client} placeholder="cl_…" {...text} />
          ) : null}
          <TextField label={t('domain')} name="domain" defaultValue={filters.domain} placeholder="app.example.com" {...text} />
          <TextField label={t('path')} name="path" defaultValue={filters.path} placeholder="/api/" {...text} />
          <TextField label={t('ip')} name="ip" defaultValue={filters.ip} placeholder="203.0.113.4" {...text} />
          <TextField label={t('request')} name="request" defaultValue={filters.request} placeholder="req_…" {...text} />
          <TextField label={t('from')} name="from" type="datetime-local" defaultValue={filters.from?.slice(0, 16)} hint={t('rangeHint')} />
          <TextField label={t('to')} name="to" type="datetime-local" defaultValue={filters.to?.slice(0, 16)} />
        </div>
      </details>
    </Form>
  )
}

function withChosen(clients: readonly { id: string; name: string }[], chosen: string | undefined): readonly { id: string; name: string }[] {
  return chosen === undefined || clients.some(({ id }) => id === chosen) ? clients : [...clients, { id: chosen, name: chosen }]
}
