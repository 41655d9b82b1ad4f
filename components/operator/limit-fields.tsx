import { getFormatter, getTranslations } from 'next-intl/server'
import { FormTextField } from '#components/forms/form-fields.tsx'

/** The limits that a form asks for, in the order of a plan's page. */
export const LIMITS = ['maxClients', 'maxMembers', 'perMinute', 'perMonth', 'retentionDays'] as const
type Limit = (typeof LIMITS)[number] | 'maxRefreshDays'

type Props = {
  names: readonly Limit[]
  values: Partial<Record<Limit, number | null>>
  /** What empty means, for those that may be. */
  empty: Partial<Record<Limit, string>>
}

/** Fields for limits; the bounds are the verbs'. */
export async function LimitFields({ names, values, empty }: Props) {
  const t = await getTranslations('operator.limits')
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {names.map((name) => (
        <FormTextField
          key={name}
          label={t(name)}
          hint={empty[name]}
          name={name}
          inputMode="numeric"
          autoComplete="off"
          required={empty[name] === undefined}
          defaultValue={values[name] === null || values[name] === undefined ? '' : String(values[name])}
        />
      ))}
    </div>
  )
}

/** A limit as people read it. */
export async function LimitValue({ value }: { value: number | null }) {
  const [t, format] = await Promise.all([getTranslations('operator.limits'), getFormatter()])
  return value === null ? t('unlimited') : format.number(value)
}
