import { getTranslations } from 'next-intl/server'
import { Confirm } from '#components/forms/confirm.tsx'
import { FormTextField } from '#components/forms/form-fields.tsx'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import type { ClientDetail, ClientImpact } from '#lib/clients/index.ts'
import { revokeAllTokensAction } from '#lib/web/clients/token-actions.ts'
import { ImpactList } from './impact-list.tsx'

/** Ends all tokens of a client, or those that it got for itself, after its name was typed. */
export async function RevokeAllCard({ client, impact }: { client: ClientDetail; impact: ClientImpact }) {
  const [t, common] = await Promise.all([getTranslations('tokens.revokeAll'), getTranslations('common')])
  const strong = <strong className="font-semibold select-all">{client.name}</strong>
  const type = <FormTextField label={t.rich('type', { name: () => strong })} name="name" required autoComplete="off" spellCheck={false} />
  const shared = { cancel: common('cancel'), action: revokeAllTokensAction, triggerSize: 'md' } as const
  return (
    <Card>
      <CardHeader title={t('title')} description={t('description')} />
      <CardBody>
        <NeedsPermission has={client.permissions} permission="tokens.revoke">
          <div className="flex flex-wrap gap-3">
            <Confirm
              {...shared}
              id="revoke-all"
              trigger={t('trigger')}
              triggerVariant="danger"
              title={t('question', { name: client.name })}
              confirm={t('confirm')}
              fields={{ clientId: client.id }}
            >
              <p>{t('text')}</p>
              <ImpactList impact={impact} />
              {type}
            </Confirm>
            {client.type === 'confidential' ? (
              <Confirm
                {...shared}
                id="revoke-application"
                trigger={t('triggerApplication')}
                title={t('questionApplication', { name: client.name })}
                confirm={t('confirm')}
                fields={{ clientId: client.id, only: 'client_credentials' }}
              >
                <p>{t('textApplication')}</p>
                {type}
              </Confirm>
            ) : null}
          </div>
        </NeedsPermission>
      </CardBody>
    </Card>
  )
}
