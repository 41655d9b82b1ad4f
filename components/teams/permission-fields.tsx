import { getTranslations } from 'next-intl/server'
import { FormCheckboxField } from '#components/forms/form-fields.tsx'
import { PERMISSIONS, type Permission } from '#lib/teams/index.ts'

/** The permissions that a role gives. What the person lacks themselves is there, and cannot be ticked. */
export async function PermissionFields({ chosen, has }: { chosen: readonly Permission[]; has: readonly Permission[] }) {
  const t = await getTranslations('teams.permissions')
  return (
    <fieldset className="min-w-0 space-y-3">
      <legend className="mb-1 font-medium">{t('legend')}</legend>
      <div className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
        {PERMISSIONS.map((name) => (
          <FormCheckboxField
            key={name}
            name="permissions"
            value={name}
            defaultChecked={chosen.includes(name)}
            disabled={!has.includes(name)}
            label={<code className="font-mono text-[0.8125rem]">{name}</code>}
            hint={has.includes(name) ? t(`of.${name.replace('.', '_') as 'clients_read'}`) : t('lacking')}
          />
        ))}
      </div>
    </fieldset>
  )
}
