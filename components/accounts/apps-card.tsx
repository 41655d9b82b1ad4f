import { getTranslations } from 'next-intl/server'
import { Card, CardHeader } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { SubmitButton } from '#components/ui/form.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import type { ConnectedApp } from '#lib/grants/index.ts'

/** The applications that a person allowed something, with a button to take it back. */
export async function AppsCard({ apps, takeBack }: { apps: readonly ConnectedApp[]; takeBack: (form: FormData) => Promise<void> }) {
  const t = await getTranslations('account.apps')
  const scopes = await getTranslations('scopes')
  if (apps.length === 0) {
    return (
      <Card aria-labelledby="apps">
        <CardHeader id="apps" title={t('title')} description={t('description')} />
        <EmptyState title={t('none')} description={t('noneText')} level={3} />
      </Card>
    )
  }
  return (
    <Card>
      <CardHeader id="apps" title={t('title')} description={t('description')} />
      <Table label={t('title')}>
        <TableHead>
          <TableHeader>{t('app')}</TableHeader>
          <TableHeader>{t('may')}</TableHeader>
          <TableHeader>{t('since')}</TableHeader>
          <TableHeader>{t('used')}</TableHeader>
          <TableHeader>
            <span className="sr-only">{t('actions')}</span>
          </TableHeader>
        </TableHead>
        <TableBody>
          {apps.map((app) => (
            <TableRow key={app.clientId}>
              <TableCell className="font-medium">{app.name}</TableCell>
              <TableCell>
                <ul>
                  {app.scopes.map((name) => (
                    <li key={name}>{scopes.has(`${name}.title`) ? scopes(`${name}.title`) : name}</li>
                  ))}
                </ul>
              </TableCell>
              <TableCell>
                <RelativeTime date={app.since} />
              </TableCell>
              <TableCell>{app.lastLoginAt ? <RelativeTime date={app.lastLoginAt} /> : t('never')}</TableCell>
              <TableCell className="text-right">
                <form action={takeBack}>
                  <input type="hidden" name="clientId" value={app.clientId} />
                  <SubmitButton variant="secondary" size="sm" aria-label={t('takeBackNamed', { name: app.name })}>
                    {t('takeBack')}
                  </SubmitButton>
                </form>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  )
}
