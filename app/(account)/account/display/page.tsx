import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/forms/action-form.tsx'
import { FormSelectField } from '#components/forms/form-fields.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import { getProfile } from '#lib/accounts/index.ts'
import { LOCALES } from '#lib/i18n/index.ts'
import { saveDisplayAction } from '#lib/web/account/profile-actions.ts'
import { requireUserContext } from '#lib/web/context.ts'
import { THEMES } from '#lib/web/preferences.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account')
  return { title: `${t('tabs.display')} · ${t('title')}` }
}

export default async function DisplayPage() {
  const ctx = await requireUserContext()
  const [t, shell, profile] = await Promise.all([getTranslations('account.display'), getTranslations('shell'), getProfile({ ctx })])
  return (
    <Card aria-labelledby="display">
      <CardHeader id="display" title={t('title')} description={t('description')} />
      <CardBody>
        <ActionForm action={saveDisplayAction} className="max-w-md space-y-4">
          <FormSelectField
            label={shell('language.label')}
            hint={t('languageHint')}
            name="locale"
            defaultValue={profile.locale ?? ''}
            options={[{ value: '', label: t('byBrowser') }, ...LOCALES.map((value) => ({ value, label: shell(`language.${value}`) }))]}
          />
          <FormSelectField
            label={shell('theme.label')}
            name="theme"
            defaultValue={profile.theme ?? ''}
            options={THEMES.map((value) => ({ value: value === 'system' ? '' : value, label: shell(`theme.${value}`) }))}
          />
          <FormActions>
            <SubmitButton>{t('save')}</SubmitButton>
          </FormActions>
        </ActionForm>
      </CardBody>
    </Card>
  )
}
