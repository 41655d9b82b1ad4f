import { Download } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { buttonClass } from '#components/ui/button-class.ts'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { type SnippetClient, snippetsOf } from './snippets.ts'

/** Code with a client's own values, one open at a time by the browser itself. For the server and for the page after creating. */
export function SnippetList({ client }: { client: SnippetClient }) {
  const t = useTranslations('quickstart.snippets')
  return (
    <Card>
      <CardHeader title={t('title')} description={t('description')} />
      <CardBody className="space-y-2">
        {snippetsOf(client).map(({ key, code }, index) => (
          <details key={key} name="snippet" open={index === 0} className="rounded-lg border border-line">
            <summary className="rounded-lg px-3.5 py-2 font-medium hover:bg-hover touch:py-3">{t(key)}</summary>
            <div className="px-3.5 pt-1 pb-3.5">
              <CodeBlock copyLabel={t('copy')} label={t(key)} code={code} />
            </div>
          </details>
        ))}
        <details name="snippet" className="rounded-lg border border-line">
          <summary className="rounded-lg px-3.5 py-2 font-medium hover:bg-hover touch:py-3">{t('postman')}</summary>
          <div className="space-y-3 px-3.5 pt-1 pb-3.5">
            <p>{t('postmanText')}</p>
            <a href={`/clients/${client.id}/postman`} download className={buttonClass('secondary', 'sm')}>
              <Download aria-hidden />
              {t('download')}
            </a>
          </div>
        </details>
      </CardBody>
    </Card>
  )
}
