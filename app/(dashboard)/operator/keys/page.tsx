import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Confirm } from '#components/forms/confirm.tsx'
import { FormCheckboxField } from '#components/forms/form-fields.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { Card } from '#components/ui/card.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import { listSigningKeys, type SigningKeyDto } from '#lib/keys/index.ts'
import { rotateKeysAction } from '#lib/web/operator/operator-actions.ts'
import { operatorContext } from '#lib/web/operator/page-data.ts'

export const generateMetadata = withNotFoundTitle(async (): Promise<Metadata> => {
  await operatorContext()
  return { title: (await getTranslations('operator.keys'))('title') }
})

function since({ state, createdAt, activeAt, retiredAt }: SigningKeyDto): Date {
  return new Date((state === 'next' ? createdAt : state === 'current' ? activeAt : retiredAt) ?? createdAt)
}

/** The keys that sign tokens, and their rotation. */
async function SigningKeysPage() {
  const ctx = await operatorContext()
  const [keys, t, common] = await Promise.all([listSigningKeys({ ctx }), getTranslations('operator.keys'), getTranslations('common')])
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          <Confirm
            id="rotate"
            trigger={t('rotate')}
            triggerVariant="secondary"
            title={t('question')}
            confirm={t('rotate')}
            cancel={common('cancel')}
            tone="primary"
            action={rotateKeysAction}
            fields={{}}
          >
            <p className="text-muted">{t('consequence')}</p>
            <FormCheckboxField name="compromised" label={t('compromised')} hint={t('compromisedHint')} />
          </Confirm>
        }
      />
      <Card>
        <Table label={t('title')} cards>
          <TableHead>
            <TableHeader>{t('algorithm')}</TableHeader>
            <TableHeader>{t('state')}</TableHeader>
            <TableHeader>{t('since')}</TableHeader>
            <TableHeader>{t('kid')}</TableHeader>
          </TableHead>
          <TableBody>
            {keys.map((key) => (
              <TableRow key={key.kid}>
                <TableCell>{key.alg}</TableCell>
                <TableCell data-label={t('state')}>{t(`states.${key.state}`)}</TableCell>
                <TableCell data-label={t('since')}>
                  <RelativeTime date={since(key)} />
                </TableCell>
                <TableCell data-label={t('kid')} className="[overflow-wrap:anywhere] font-mono text-[0.8125rem]">
                  {key.kid}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Card>
    </>
  )
}

export default withNotFound(SigningKeysPage)
