import { getTranslations } from 'next-intl/server'
import { FormCheckboxField } from '#components/forms/form-fields.tsx'
import type { ClientScopeDto, ScopeDto } from '#lib/scopes/index.ts'

export type ScopeListProps = {
  all: readonly ScopeDto[]
  chosen: readonly ClientScopeDto[]
  /** How many people have allowed each. */
  allowed: Readonly<Record<string, number>>
}

/** Every scope with what it means and gives, whether the client has it, and whether people may decline it. */
export async function ScopeList({ all, chosen, allowed }: ScopeListProps) {
  const [t, words] = await Promise.all([getTranslations('clients.scopes'), getTranslations('scopes')])
  const has = new Map(chosen.map(({ name, optional }) => [name, optional]))
  return (
    <ul className="divide-y divide-line">
      {all.map(({ name }) => (
        <li key={name} className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 py-3">
          <FormCheckboxField
            className="flex-1 basis-72"
            name="scope"
            value={name}
            defaultChecked={has.has(name)}
            label={
              <>
                <span className="font-medium">{words.has(`${name}.title`) ? words(`${name}.title`) : name}</span>{' '}
                <code className="font-mono text-xs text-muted">{name}</code>
              </>
            }
            hint={
              <>
                {words.has(`${name}.description`) ? `${words(`${name}.description`)} ` : null}
                {t.has(`gives.${name}`) ? t(`gives.${name}`) : null} {has.has(name) ? t('allowedBy', { count: allowed[name] ?? 0 }) : null}
              </>
            }
          />
          {name === 'openid' ? null : (
            <FormCheckboxField
              name="optional"
              value={name}
              defaultChecked={has.get(name) ?? false}
              label={
                <>
                  {t('optional')} <span className="sr-only">{name}</span>
                </>
              }
            />
          )}
        </li>
      ))}
    </ul>
  )
}
