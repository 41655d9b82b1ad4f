import { getTranslations } from 'next-intl/server'
import { Confirm } from '#components/forms/confirm.tsx'
import { FormTextField } from '#components/forms/form-fields.tsx'
import { Alert } from '#components/ui/alert.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { TextLink } from '#components/ui/link.tsx'
import type { AccountImpact } from '#lib/account-data/index.ts'
import { deleteAccountAction } from '#lib/web/account/deletion-action.ts'

export type DeleteAccountCardProps = { impact: AccountImpact; email: string; hasPassword: boolean }

/** Deleting the account: what goes with it, what is in the way, and the question. */
export async function DeleteAccountCard({ impact, email, hasPassword }: DeleteAccountCardProps) {
  const [t, common] = await Promise.all([getTranslations('account.delete'), getTranslations('common')])
  const { blocking, goingAlong, apps, addresses, sessions } = impact
  return (
    <Card aria-labelledby="delete-account">
      <CardHeader id="delete-account" title={t('title')} description={t('description')} />
      <CardBody className="space-y-4">
        <ul className="list-disc space-y-1 pl-5">
          <li>{t('goes', { apps, addresses, sessions })}</li>
          {goingAlong.map(({ teamId, name, otherMembers }) => (
            <li key={teamId} className="[overflow-wrap:anywhere]">
              {t('teamGoes', { name, members: otherMembers })}
            </li>
          ))}
          <li>{t('stays')}</li>
        </ul>
        {blocking.length > 0 ? (
          <Alert tone="warning" title={t('blocked')}>
            <ul className="list-disc pl-5">
              {blocking.map(({ teamId, name, clients }) => (
                <li key={teamId}>
                  {t.rich('blockedBy', {
                    name,
                    clients,
                    link: (text) => <TextLink href={`/clients?team=${teamId}`}>{text}</TextLink>,
                  })}
                </li>
              ))}
            </ul>
          </Alert>
        ) : null}
        <Confirm
          id="delete-account-question"
          trigger={t('trigger')}
          triggerVariant="danger"
          triggerSize="md"
          disabled={blocking.length > 0}
          title={t('question')}
          confirm={t('trigger')}
          cancel={common('cancel')}
          action={deleteAccountAction}
          fields={{}}
        >
          <p>{t('final')}</p>
          <FormTextField
            label={t.rich('type', { email: () => <strong className="font-semibold select-all">{email}</strong> })}
            name="email"
            autoComplete="off"
            spellCheck={false}
            required
          />
          {hasPassword ? (
            <FormTextField label={t('password')} name="password" type="password" autoComplete="current-password" required />
          ) : null}
        </Confirm>
      </CardBody>
    </Card>
  )
}
