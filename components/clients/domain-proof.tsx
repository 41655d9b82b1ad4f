import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/forms/action-form.tsx'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { CopyField } from '#components/ui/copy-field.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import type { DomainDto } from '#lib/domains/index.ts'
import type { Permission } from '#lib/teams/index.ts'
import { verifyDomainAction } from '#lib/web/clients/domain-actions.ts'

export type DomainProofProps = { clientId: string; domain: DomainDto; permissions: readonly Permission[] }

/** How to prove that a host is the team's, by DNS or by a file, and the buttons that look. */
export async function DomainProof({ clientId, domain, permissions }: DomainProofProps) {
  const t = await getTranslations('domains.proof')
  const { dnsName, fileAddress, text } = domain.proof
  const heading = `proof-${domain.id}`
  return (
    <section aria-labelledby={heading} className="mt-5 space-y-4 border-t border-line pt-5">
      <div className="space-y-1">
        <h3 id={heading} className="font-medium">
          {t('title')}
        </h3>
        <p className="text-[0.8125rem] leading-5 text-muted">{t('description')}</p>
      </div>
      <CopyField label={t('text')} value={text} />
      <div className="grid gap-5 sm:grid-cols-2">
        <CopyField label={t('dnsName')} value={dnsName} hint={t('dnsHint', { host: domain.host })} />
        <CopyField label={t('fileAddress')} value={fileAddress} hint={t('fileHint')} />
      </div>
      <NeedsPermission has={permissions} permission="domains.manage">
        <ActionForm action={verifyDomainAction} fields={{ clientId, domainId: domain.id }}>
          <FormActions>
            <SubmitButton variant="secondary" name="method" value="dns" aria-describedby={domain.id}>
              {t('checkDns')}
            </SubmitButton>
            <SubmitButton variant="secondary" name="method" value="file" aria-describedby={domain.id}>
              {t('checkFile')}
            </SubmitButton>
          </FormActions>
        </ActionForm>
      </NeedsPermission>
    </section>
  )
}
