import { getTranslations } from 'next-intl/server'
import { env } from '#lib/env.ts'
import type { Operation } from '#lib/web/docs/reference.ts'
import { Badge } from '../ui/badge.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { FieldTable } from './field-table.tsx'

/** One endpoint: what it is for, what it takes, what it answers, and how to try it. */
export async function ApiOperation({ operation }: { operation: Operation }) {
  const t = await getTranslations('docs.api')
  const { id, method, path, summary, description, gated, query, bodies, answer } = operation
  return (
    <section aria-labelledby={id} className="mt-10 border-t border-line pt-8">
      <h2 id={id} className="scroll-mt-6 text-lg font-semibold">
        {summary}
      </h2>
      <p className="mt-2 flex flex-wrap items-center gap-2">
        <Badge tone={method === 'GET' ? 'info' : 'success'}>{method}</Badge>
        <code className="font-mono text-[0.8125rem] [overflow-wrap:anywhere]">{path}</code>
        <span className="text-muted">· {t(gated ? 'auth.gate' : 'auth.none')}</span>
      </p>
      {description.map((text) => (
        <p key={text} className="mt-3 text-pretty">
          {inlineCode(text)}
        </p>
      ))}
      {query.length > 0 ? <FieldTable title={t('query')} label={`${summary}: ${t('query')}`} fields={query} /> : null}
      {bodies.length > 1 ? <p className="mt-4 text-muted">{t('oneOf')}</p> : null}
      {bodies.map(({ name, fields }) => (
        <FieldTable
          key={name}
          title={name === null ? t('body') : t('variant', { name })}
          label={`${summary}: ${name ?? t('body')}`}
          fields={fields}
        />
      ))}
      {query.length === 0 && bodies.length === 0 ? <p className="mt-4 text-muted">{t('none')}</p> : null}
      {answer.length > 0 ? <FieldTable title={t('answer')} label={`${summary}: ${t('answer')}`} fields={answer} /> : null}
      <div className="mt-4">
        <CodeBlock label={t('example')} code={curl(operation)} />
      </div>
    </section>
  )
}

/** Descriptions have names between backticks. */
function inlineCode(text: string) {
  return text.split('`').map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <code key={part} className="rounded-sm bg-sunken px-1 py-0.5 font-mono text-[0.8125rem]">
        {part}
      </code>
    ),
  )
}

const CREDENTIALS = ['X-Client-Id: $CLIENT_ID', 'X-Client-Secret: $CLIENT_SECRET', 'X-Client-Domain: localhost']

function curl({ method, path, gated, exampleBody }: Operation): string {
  const lines = [`curl ${method === 'POST' && exampleBody === undefined ? '-X POST ' : ''}${env().PUBLIC_URL}${path}`]
  if (gated) lines.push(...CREDENTIALS.map((header) => `  -H "${header}"`))
  if (exampleBody !== undefined) lines.push(`  -H "Content-Type: application/json"`, `  -d '${JSON.stringify(exampleBody)}'`)
  return lines.join(' \\\n')
}
