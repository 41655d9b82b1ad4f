import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/forms/action-form.tsx'
import { Confirm } from '#components/forms/confirm.tsx'
import { FormSelectField, FormSwitchField, FormTextareaField, FormTextField } from '#components/forms/form-fields.tsx'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import type { SecretDto } from '#lib/clients/index.ts'
import type { DomainDto } from '#lib/domains/index.ts'
import type { Permission } from '#lib/teams/index.ts'
import { primaryDomainAction, removeDomainAction, saveDomainAction } from '#lib/web/clients/domain-actions.ts'
import { ModeBadge } from './badges.tsx'
import { DomainPreview } from './domain-preview.tsx'
import { DomainProof } from './domain-proof.tsx'
import { DomainSecrets } from './domain-secrets.tsx'

export type DomainCardProps = {
  clientId: string
  domain: DomainDto
  /** How many go with it. */
  redirectUris: number
  /** The client's only domain stays. */
  only: boolean
  /** The client's. Null: it has none, being public. */
  secrets: readonly SecretDto[] | null
  permissions: readonly Permission[]
}

/** One domain: its state, and everything of it that can be changed. */
export async function DomainCard({ clientId, domain, redirectUris, only, secrets, permissions }: DomainCardProps) {
  const [t, common] = await Promise.all([getTranslations('domains'), getTranslations('common')])
  const allowed = permissions.includes('domains.manage')
  const ids = { clientId, domainId: domain.id }
  const modes = (['test', 'live'] as const).map((mode) => ({
    value: mode,
    label: t(`modes.${mode}`),
    disabled: mode === 'live' && domain.local,
  }))
  return (
    <Card aria-labelledby={domain.id}>
      <CardHeader
        id={domain.id}
        title={
          <span className="flex flex-wrap items-center gap-2 [overflow-wrap:anywhere]">
            {domain.host}
            <ModeBadge mode={domain.mode} />
            {domain.primary ? <Badge>{t('primary')}</Badge> : null}
            {domain.active ? null : <Badge tone="warning">{t('inactive')}</Badge>}
            {domain.verified ? <Badge tone="success">{t('verified')}</Badge> : null}
            {!domain.verified && domain.mode === 'live' ? <Badge tone="danger">{t('unverified')}</Badge> : null}
          </span>
        }
        description={domain.mode === 'live' && !domain.verified ? t('unverifiedHint') : undefined}
        actions={
          <>
            {domain.primary ? null : (
              <ActionForm action={primaryDomainAction} fields={ids} className="">
                <SubmitButton variant="ghost" size="sm" disabled={!allowed}>
                  {t('makePrimary')}
                </SubmitButton>
              </ActionForm>
            )}
            <Confirm
              id={`remove-${domain.id}`}
              trigger={t('remove.trigger')}
              disabled={only || !allowed}
              title={t('remove.title', { host: domain.host })}
              confirm={t('remove.confirm')}
              cancel={common('cancel')}
              action={removeDomainAction}
              fields={ids}
            >
              <p>{t('remove.text', { count: redirectUris })}</p>
            </Confirm>
          </>
        }
      />
      <CardBody>
        <NeedsPermission has={permissions} permission="domains.manage">
          <ActionForm action={saveDomainAction} fields={{ clientId, host: domain.host, version: domain.updatedAt }} className="space-y-5">
            <div className="grid gap-5 sm:grid-cols-2">
              <div className="space-y-3">
                <FormSwitchField name="active" label={t('active')} hint={t('activeHint')} defaultChecked={domain.active} />
                <FormSwitchField name="allowLogin" label={t('allowLogin')} defaultChecked={domain.allowLogin} />
                <FormSwitchField name="allowApi" label={t('allowApi')} defaultChecked={domain.allowApi} />
                <FormSwitchField name="ipMonitor" label={t('ipMonitor')} hint={t('ipMonitorHint')} defaultChecked={domain.ipMonitor} />
              </div>
              <div className="space-y-4">
                <FormSelectField
                  label={t('mode')}
                  name="mode"
                  defaultValue={domain.mode}
                  options={modes}
                  hint={domain.local ? t('localHint') : t('modeHint')}
                />
                <FormTextareaField
                  label={t('ipAllowlist')}
                  hint={t('ipAllowlistHint')}
                  name="ipAllowlist"
                  rows={2}
                  spellCheck={false}
                  defaultValue={domain.ipAllowlist.join('\n')}
                />
                <FormTextField
                  label={t('fallbackUri')}
                  hint={t('fallbackUriHint', { scheme: domain.local ? 'http' : 'https' })}
                  name="fallbackUri"
                  type="url"
                  optional={common('optional')}
                  autoComplete="off"
                  spellCheck={false}
                  defaultValue={domain.fallbackUri ?? ''}
                />
              </div>
            </div>
            <DomainPreview />
            <FormActions>
              {/* First, so that Enter in a field saves. */}
              <SubmitButton variant="secondary" name="intent" value="save" aria-describedby={domain.id}>
                {common('save')}
              </SubmitButton>
              <SubmitButton variant="ghost" name="intent" value="preview" aria-describedby={domain.id}>
                {t('preview')}
              </SubmitButton>
            </FormActions>
          </ActionForm>
        </NeedsPermission>
        {secrets ? <DomainSecrets clientId={clientId} domain={domain} secrets={secrets} /> : null}
        {domain.verified || domain.local ? null : <DomainProof clientId={clientId} domain={domain} permissions={permissions} />}
      </CardBody>
    </Card>
  )
}
