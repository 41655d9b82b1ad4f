import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/forms/action-form.tsx'
import { FormTextField } from '#components/forms/form-fields.tsx'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import type { Permission } from '#lib/teams/index.ts'
import type { TestUserDto } from '#lib/test-users/index.ts'
import { addTestUserAction, removeTestUserAction } from '#lib/web/clients/test-user-actions.ts'

export type TestUsersCardProps = { clientId: string; testUsers: readonly TestUserDto[]; permissions: readonly Permission[] }

/** Who, besides the team, may log in in test mode. */
export async function TestUsersCard({ clientId, testUsers, permissions }: TestUsersCardProps) {
  const t = await getTranslations('domains.testUsers')
  return (
    <Card>
      <CardHeader title={t('title')} description={t('description')} />
      <CardBody>
        {testUsers.length > 0 ? (
          <ul aria-label={t('title')} className="mb-5 divide-y divide-line border-b border-line">
            {testUsers.map(({ email }, index) => (
              <li key={email} className="flex flex-wrap items-center justify-between gap-2 py-2">
                <span id={`test-user-${index}`} className="[overflow-wrap:anywhere]">
                  {email}
                </span>
                <ActionForm action={removeTestUserAction} fields={{ clientId, email }} className="">
                  <SubmitButton variant="ghost" size="sm" aria-describedby={`test-user-${index}`}>
                    {t('remove')}
                  </SubmitButton>
                </ActionForm>
              </li>
            ))}
          </ul>
        ) : null}
        <NeedsPermission has={permissions} permission="domains.manage">
          <ActionForm action={addTestUserAction} fields={{ clientId }}>
            <FormTextField
              className="max-w-md"
              label={t('email')}
              hint={t('emailHint')}
              name="email"
              type="email"
              required
              autoComplete="off"
              spellCheck={false}
            />
            <FormActions>
              <SubmitButton>{t('add')}</SubmitButton>
            </FormActions>
          </ActionForm>
        </NeedsPermission>
      </CardBody>
    </Card>
  )
}
