import { getTranslations } from 'next-intl/server'
import { FormCheckboxField, FormRadioField } from '#components/forms/form-fields.tsx'

export type ClientOption = { id: string; name: string }

type Props = {
  /** The role counts only for these; null: for all. */
  chosen: readonly ClientOption[] | null
  /** What else can be chosen. */
  options: readonly ClientOption[]
}

/** All clients, or chosen ones: the chosen are always there, so that a search for others loses none. */
export async function ClientChoice({ chosen, options }: Props) {
  const t = await getTranslations('teams.choice')
  const rest = options.filter(({ id }) => !chosen?.some((one) => one.id === id))
  return (
    <fieldset className="min-w-0 space-y-2">
      <legend className="mb-1 font-medium">{t('legend')}</legend>
      <FormRadioField name="limit" value="all" label={t('all')} defaultChecked={chosen === null} />
      <FormRadioField name="limit" value="chosen" label={t('chosen')} hint={t('hint')} defaultChecked={chosen !== null} />
      <fieldset className="max-h-80 min-w-0 space-y-1.5 overflow-y-auto rounded-lg border border-line p-3">
        <legend className="sr-only">{t('clients')}</legend>
        {[...(chosen ?? []).map((one) => ({ ...one, on: true })), ...rest.map((one) => ({ ...one, on: false }))].map(({ id, name, on }) => (
          <FormCheckboxField
            key={id}
            name="clientIds"
            value={id}
            label={<span className="[overflow-wrap:anywhere]">{name}</span>}
            defaultChecked={on}
          />
        ))}
        {rest.length + (chosen?.length ?? 0) === 0 ? <p className="text-muted">{t('none')}</p> : null}
      </fieldset>
    </fieldset>
  )
}
