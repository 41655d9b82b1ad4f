import { clsx } from 'clsx'
import { Search } from 'lucide-react'
import type { Metadata } from 'next'
import Form from 'next/form'
import { getTranslations } from 'next-intl/server'
import { find, type Hit } from '#components/shell/find.ts'
import { withNotFound } from '#components/shell/with-not-found.tsx'
import { Button } from '#components/ui/button.tsx'
import { Card, CardHeader } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { TextField } from '#components/ui/field.tsx'
import { TextLink } from '#components/ui/link.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { requireUserContext } from '#lib/web/context.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('palette.page')
  return { title: t('title') }
}

/** What the command palette does, as a page: for browsers without JavaScript, and as an address to keep. */
async function SearchPage({ searchParams }: { searchParams: Promise<{ q?: string | string[] }> }) {
  const { q } = await searchParams
  const query = (Array.isArray(q) ? q[0] : q)?.slice(0, 200) ?? ''
  const ctx = await requireUserContext()
  const [found, t] = await Promise.all([find(ctx, query), getTranslations('palette')])
  const groups = (['clients', 'requests', 'pages'] as const).filter((group) => found[group].length > 0)
  return (
    <>
      <PageHeader title={t('page.title')} description={t('page.description')} />
      <Form action="/search" className="flex max-w-lg items-end gap-2">
        <TextField className="flex-1" label={t('label')} name="q" type="search" defaultValue={query} placeholder={t('placeholder')} />
        <Button type="submit">
          <Search aria-hidden />
          {t('page.submit')}
        </Button>
      </Form>
      {groups.length === 0 ? (
        <Card>
          <EmptyState icon={<Search />} title={t('none', { query })} description={t('page.empty')} />
        </Card>
      ) : (
        groups.map((group) => (
          <Card key={group}>
            <CardHeader title={t(group === 'clients' && !query.trim() ? 'recent' : group)} />
            <Hits hits={found[group]} ids={group === 'clients'} />
          </Card>
        ))
      )}
    </>
  )
}

export default withNotFound(SearchPage)

/** `ids`: their notes are ids. */
function Hits({ hits, ids }: { hits: readonly Hit[]; ids: boolean }) {
  return (
    <ul className="divide-y divide-line">
      {hits.map(({ href, label, note }) => (
        <li key={href} className="flex flex-wrap items-baseline gap-x-3 px-5 py-2.5">
          <TextLink href={href} className="min-w-0 [overflow-wrap:anywhere]">
            {label}
          </TextLink>
          {note ? <span className={clsx('text-xs text-muted [overflow-wrap:anywhere]', ids && 'font-mono')}>{note}</span> : null}
        </li>
      ))}
    </ul>
  )
}
