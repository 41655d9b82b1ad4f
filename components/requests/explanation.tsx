import { getTranslations } from 'next-intl/server'
import { Confirm } from '#components/forms/confirm.tsx'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { Alert } from '#components/ui/alert.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { TextLink } from '#components/ui/link.tsx'
import type { Explanation as ExplanationOf } from '#lib/explain/index.ts'
import { fixAction } from '#lib/web/requests/fix-actions.ts'
import { StepList } from './step-list.tsx'

/** Why a request was decided as it was: the cause and what mends it, then every check. `id` is unique in the page. */
export async function Explanation({ explanation, id }: { explanation: ExplanationOf; id: string }) {
  const t = await getTranslations('explain')
  const { steps, failed } = explanation
  return (
    <Card aria-labelledby={`${id}-title`}>
      <CardHeader id={`${id}-title`} title={t('title')} description={steps ? t('description') : t('noGate')} />
      <CardBody>
        {explanation.cause === null ? (
          <Alert tone="success" title={t('admitted')}>
            {steps ? t('admittedText') : null}
          </Alert>
        ) : (
          <Cause explanation={explanation} cause={explanation.cause} id={id} />
        )}
      </CardBody>
      {steps ? (
        <div className="border-t border-line">
          <StepList steps={steps} failed={failed} />
        </div>
      ) : null}
    </Card>
  )
}

async function Cause({ explanation, cause, id }: { explanation: ExplanationOf; cause: string; id: string }) {
  const t = await getTranslations('explain')
  const key = t.has(`causes.${cause}.title`) ? cause : 'other'
  const { fixes, links, mended, permissions } = explanation
  return (
    <div className="space-y-4">
      <Alert tone="danger" title={t(`causes.${key}.title`)}>
        {t(`causes.${key}.text`)}
      </Alert>
      <div className="space-y-2">
        <h3 className="font-medium">{t('fix')}</h3>
        <p>{t(`causes.${key}.fix`)}</p>
        {mended ? (
          <Alert tone="success" role="status">
            {t('mended')}
          </Alert>
        ) : null}
        {fixes.map(({ action, permission, fields }) => (
          <NeedsPermission key={action} has={permissions} permission={permission}>
            <Confirm
              id={`${id}-${action}`}
              trigger={t(`actions.${action}.do`, fields)}
              triggerVariant="primary"
              tone="primary"
              title={t(`actions.${action}.title`, fields)}
              confirm={t(`actions.${action}.do`, fields)}
              cancel={t('cancel')}
              action={fixAction}
              fields={{ ...fields, action }}
            >
              <p className="[overflow-wrap:anywhere]">{t(`actions.${action}.text`, fields)}</p>
            </Confirm>
          </NeedsPermission>
        ))}
        {links.length > 0 ? (
          <p className="flex flex-wrap gap-x-4 gap-y-1">
            {links.map(({ to, href }) => (
              <TextLink key={to} href={href}>
                {t(`links.${to}`)}
              </TextLink>
            ))}
          </p>
        ) : null}
      </div>
    </div>
  )
}
