import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/forms/action-form.tsx'
import { FormSelectField, FormSwitchField, FormTextField } from '#components/forms/form-fields.tsx'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import { ID_TOKEN_ALGORITHMS, TOKEN_BOUNDS, type TokenBound, type TokenPolicy } from '#lib/clients/index.ts'
import { saveTokenPolicyAction } from '#lib/web/clients/protocol-actions.ts'
import type { ProtocolCardsProps } from './protocol-cards.tsx'

const MINUTE = 60
const HOUR = 3_600
const DAY = 86_400

/** Each in the unit that one thinks of it in; the verb takes seconds. */
const FIELDS: [TokenBound, number][] = [
  ['accessTokenTtl', MINUTE],
  ['idTokenTtl', MINUTE],
  ['refreshTokenTtl', DAY],
  ['refreshTokenCap', DAY],
  ['sessionTtl', HOUR],
  ['refreshReuseLeeway', 1],
]

type Props = ProtocolCardsProps & { policy: TokenPolicy; maxRefreshDays: number }

/** How long tokens and log-ins live, with the bounds that they must keep, and what ID tokens are signed with. */
export async function TokenPolicyCard({ client, policy, maxRefreshDays }: Props) {
  const t = await getTranslations('protocol.policy')
  const common = await getTranslations('common')
  const hint = (name: TokenBound, unit: number) => {
    const { min, max, standard } = TOKEN_BOUNDS[name]
    const top = name === 'refreshTokenCap' ? Math.min(max, maxRefreshDays * DAY) : max
    return t(`${name}.hint`, { min: atLeast(min / unit), max: rounded(top / unit), standard: rounded(standard / unit) })
  }
  return (
    <Card>
      <CardHeader title={t('title')} description={t('description')} />
      <CardBody>
        <NeedsPermission has={client.permissions} permission="clients.update">
          <ActionForm action={saveTokenPolicyAction} fields={{ clientId: client.id }}>
            <div className="grid gap-5 sm:grid-cols-2">
              {FIELDS.map(([name, unit]) => (
                <FormTextField
                  key={name}
                  label={t(`${name}.label`)}
                  hint={hint(name, unit)}
                  name={name}
                  inputMode="decimal"
                  autoComplete="off"
                  defaultValue={inUnit(policy[name], unit)}
                />
              ))}
            </div>
            <FormSelectField
              label={t('idTokenSignedResponseAlg.label')}
              hint={t('idTokenSignedResponseAlg.hint')}
              name="idTokenSignedResponseAlg"
              defaultValue={policy.idTokenSignedResponseAlg}
              options={ID_TOKEN_ALGORITHMS.map((alg) => ({ value: alg, label: t(`idTokenSignedResponseAlg.${alg}`) }))}
            />
            <FormSwitchField
              label={t('rotate.label')}
              hint={t('rotate.hint')}
              name="rotateRefreshTokens"
              defaultChecked={policy.rotateRefreshTokens}
            />
            <FormActions>
              <SubmitButton>{common('save')}</SubmitButton>
            </FormActions>
          </ActionForm>
        </NeedsPermission>
      </CardBody>
    </Card>
  )
}

function inUnit(seconds: number | null, unit: number): string {
  return seconds === null ? '' : String(rounded(seconds / unit))
}

/** A lower bound as one says it, and still within it: an hour is 0.05 days, not 0.041667. */
function atLeast(value: number): number {
  return Math.ceil(value * 100) / 100
}

/** Enough digits to come back to the same second. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6
}
