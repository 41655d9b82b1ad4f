import { getTranslations } from 'next-intl/server'
import { Confirm } from '#components/forms/confirm.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import type { FormAction } from '#lib/web/form-state.ts'

export type RevokeSecretProps<Result> = {
  secret: { id: string; hint: string; lastUsedAt: string | null }
  clientId: string
  allowed: boolean
  action: FormAction<Result>
  /** What the action takes besides the two ids. */
  fields?: Record<string, string>
}

/** The button that revokes a secret, and the question before: when it was last used tells whether anything breaks. */
export async function RevokeSecret<Result>({ secret, clientId, allowed, action, fields }: RevokeSecretProps<Result>) {
  const [t, common] = await Promise.all([getTranslations('secrets.revoke'), getTranslations('common')])
  const { id, hint, lastUsedAt } = secret
  return (
    <Confirm
      id={`revoke-${id}`}
      trigger={t('trigger')}
      disabled={!allowed}
      title={t('title', { hint })}
      confirm={t('confirm')}
      cancel={common('cancel')}
      action={action}
      fields={{ clientId, secretId: id, ...fields }}
    >
      <p>
        {t('text')} {lastUsedAt ? t.rich('used', { time: () => <RelativeTime date={new Date(lastUsedAt)} /> }) : t('unused')}
      </p>
    </Confirm>
  )
}
