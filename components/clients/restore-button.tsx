import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/forms/action-form.tsx'
import { SubmitButton } from '#components/ui/form.tsx'
import { restoreClientAction } from '#lib/web/clients/settings-actions.ts'

/** Brings a deleted client back. */
export async function RestoreButton({ client, allowed }: { client: { id: string; name: string }; allowed: boolean }) {
  const t = await getTranslations('clients.list')
  return (
    <ActionForm action={restoreClientAction} fields={{ clientId: client.id }} className="relative z-10">
      <SubmitButton variant="secondary" size="sm" disabled={!allowed} aria-label={`${t('restore')} ${client.name}`}>
        {t('restore')}
      </SubmitButton>
    </ActionForm>
  )
}
