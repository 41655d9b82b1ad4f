import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { findQuestions } from '#components/support/find-questions.ts'
import { QuestionList } from '#components/support/question-list.tsx'
import { SUPPORT_TAGS } from '#components/support/questions.ts'
import { SearchForm } from '#components/support/search-form.tsx'
import { TicketsInvitation } from '#components/support/tickets-invitation.tsx'
import { buttonClass } from '#components/ui/button-class.ts'
import { PageLink } from '#components/ui/page-link.tsx'
import { one, type Query, withQuery } from '#lib/web/query.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('support')
  return { title: t('title'), description: t('description') }
}

export default async function SupportPage({ searchParams }: { searchParams: Promise<Query> }) {
  const asked = await searchParams
  const query = one(asked.q, 100)?.trim() ?? ''
  const tag = SUPPORT_TAGS.find((known) => known === one(asked.tag)) ?? null
  const t = await getTranslations('support')
  const found = findQuestions({ query, tag }, (id, part) => t(`questions.${id}.${part}`))
  const href = (next: string | null) => withQuery('/support', { q: query, tag: next })
  return (
    <div className="mx-auto max-w-3xl py-10">
      <h1 className="text-3xl font-semibold">{t('title')}</h1>
      <p className="mt-2 text-base text-muted">{t('description')}</p>
      <SearchForm query={query} tag={tag} />
      <nav aria-label={t('tags')} className="mt-4">
        <ul className="flex flex-wrap gap-2">
          {SUPPORT_TAGS.map((name) => (
            <li key={name}>
              <PageLink
                href={href(name === tag ? null : name)}
                aria-current={name === tag ? 'true' : undefined}
                className={buttonClass(name === tag ? 'primary' : 'secondary', 'sm')}
              >
                {name}
              </PageLink>
            </li>
          ))}
        </ul>
      </nav>
      {query || tag ? (
        <p role="status" className="mt-6 flex flex-wrap items-center gap-x-4 gap-y-1">
          <span className="font-medium">{t('found', { count: found.length })}</span>
          {found.length === 0 ? <span className="text-muted">{t('nothing')}</span> : null}
          <PageLink href="/support" className="font-medium text-accent-text underline underline-offset-3">
            {t('all')}
          </PageLink>
        </p>
      ) : null}
      <QuestionList questions={found} open={query !== '' && found.length <= 3} />
      <TicketsInvitation />
    </div>
  )
}
