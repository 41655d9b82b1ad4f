import { getTranslations } from 'next-intl/server'
import type { Field } from '#lib/web/docs/schema-fields.ts'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table.tsx'

/** Indentation by depth: classes must stand here whole, or no rule is made for them. */
const INDENT = ['', 'pl-4', 'pl-8', 'pl-12'] as const

/** Members of a body or an answer, those of objects indented below them. */
export async function FieldTable({ title, label, fields }: { title: string; label: string; fields: readonly Field[] }) {
  const t = await getTranslations('docs.api')
  return (
    <div className="mt-4">
      <h3 className="mb-2 font-semibold">{title}</h3>
      <div className="rounded-lg border border-line">
        <Table label={label}>
          <TableHead>
            <TableHeader>{t('field')}</TableHeader>
            <TableHeader>{t('type')}</TableHeader>
          </TableHead>
          <TableBody>
            {fields.map(({ name, depth, type, list, nullable, required, values, description }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list, never reordered; names repeat at other depths
              <TableRow key={index}>
                <TableCell className="align-top">
                  <span className={INDENT[depth]}>
                    <code className="font-mono text-[0.8125rem]">{name}</code>
                  </span>
                </TableCell>
                <TableCell>
                  <span className="font-mono text-[0.8125rem]">{list ? t('listOf', { type }) : type}</span>
                  {nullable ? <span className="text-muted"> {t('null')}</span> : null}
                  {required ? <span className="text-muted"> · {t('required')}</span> : null}
                  {values.length > 0 ? <span className="block text-muted [overflow-wrap:anywhere]">{values.join(' · ')}</span> : null}
                  {description ? <span className="block text-muted">{description}</span> : null}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
    </div>
  )
}
