import { clsx } from 'clsx'
import { Bookmark } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { Confirm } from '#components/forms/confirm.tsx'
import { FormTextField } from '#components/forms/form-fields.tsx'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { PageLink } from '#components/ui/page-link.tsx'
import type { RequestView } from '#lib/requests/index.ts'
import { filterQuery, type RequestFilters } from '#lib/requests/schemas.ts'
import { deleteViewAction, renameViewAction, saveViewAction } from '#lib/web/requests/view-actions.ts'

export type SavedViewsProps = {
  teamId: string
  views: readonly RequestView[]
  filters: RequestFilters
  href: (filters: RequestFilters) => string
}

/** Filters that the team has given a name: to open, to make from the present ones, and to change the one that is open. */
export async function SavedViews({ teamId, views, filters, href }: SavedViewsProps) {
  const t = await getTranslations('requests.views')
  const query = filterQuery(filters).toString()
  const current = views.find((view) => filterQuery(view.filters).toString() === query)
  if (views.length === 0 && !query) return null
  return (
    <div className="flex flex-wrap items-center gap-2">
      {views.length > 0 ? (
        <nav aria-label={t('label')} className="min-w-0">
          <ul className="flex flex-wrap items-center gap-2">
            {views.map((view) => (
              <li key={view.id} className="max-w-full">
                <PageLink
                  href={href(view.filters)}
                  aria-current={view === current ? 'true' : undefined}
                  className={clsx(
                    'flex max-w-full items-center gap-1.5 rounded-md border px-2.5 py-1 text-[0.8125rem] transition-colors hover:bg-hover touch:min-h-11',
                    view === current ? 'border-accent-text bg-accent-soft font-medium' : 'border-line-strong/60 bg-surface',
                  )}
                >
                  <Bookmark aria-hidden className="size-3.5 shrink-0 text-muted" />
                  <span className="truncate">{view.name}</span>
                </PageLink>
              </li>
            ))}
          </ul>
        </nav>
      ) : null}
      {current ? <ChangeView view={current} /> : null}
      {query && !current ? (
        <Confirm
          id="save-view"
          trigger={t('save')}
          tone="primary"
          title={t('saveTitle')}
          confirm={t('save')}
          cancel={t('cancel')}
          action={saveViewAction}
          fields={{ teamId, filters: query }}
        >
          <p>{t('saveText')}</p>
          <FormTextField label={t('name')} name="name" required maxLength={60} autoComplete="off" />
        </Confirm>
      ) : null}
    </div>
  )
}

async function ChangeView({ view: { id, name, mine } }: { view: RequestView }) {
  const t = await getTranslations('requests.views')
  return (
    <NeedsPermission has={mine ? ['members.manage'] : []} permission="members.manage">
      <span className="flex flex-wrap gap-2">
        <Confirm
          id="rename-view"
          trigger={t('rename')}
          triggerVariant="ghost"
          tone="primary"
          title={t('renameTitle', { name })}
          confirm={t('rename')}
          cancel={t('cancel')}
          action={renameViewAction}
          fields={{ viewId: id }}
        >
          <FormTextField label={t('name')} name="name" required maxLength={60} autoComplete="off" defaultValue={name} />
        </Confirm>
        <Confirm
          id="delete-view"
          trigger={t('delete')}
          triggerVariant="ghost"
          title={t('deleteTitle', { name })}
          confirm={t('delete')}
          cancel={t('cancel')}
          action={deleteViewAction}
          fields={{ viewId: id }}
        >
          <p>{t('deleteText')}</p>
        </Confirm>
      </span>
    </NeedsPermission>
  )
}
