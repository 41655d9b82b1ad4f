import { getTranslations } from 'next-intl/server'
import { listScopes } from '#lib/scopes/index.ts'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table.tsx'

/** Every scope of this installation, in the words that people read on the consent page. */
export async function ScopeTable() {
  const [t, words, scopes] = await Promise.all([getTranslations('docs.scopes'), getTranslations('scopes'), listScopes()])
  return (
    <div className="my-4 rounded-lg border border-line">
      <Table label={t('label')}>
        <TableHead>
          <TableHeader>{t('scope')}</TableHeader>
          <TableHeader>{t('means')}</TableHeader>
        </TableHead>
        <TableBody>
          {scopes.map(({ name }) => (
            <TableRow key={name}>
              <TableCell className="font-mono text-[0.8125rem]">{name}</TableCell>
              <TableCell>
                {words.has(`${name}.title`) ? words(`${name}.title`) : name}
                {words.has(`${name}.description`) ? <span className="block text-muted">{words(`${name}.description`)}</span> : null}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  )
}
