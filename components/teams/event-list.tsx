import { ChevronRight } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/forms/action-form.tsx'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { SubmitButton } from '#components/ui/form.tsx'
import { TextLink } from '#components/ui/link.tsx'
import { DateTime, RelativeTime } from '#components/ui/time.tsx'
import type { EventDto } from '#lib/audit-log/index.ts'
import type { Permission } from '#lib/teams/index.ts'
import { undoEventAction } from '#lib/web/teams/audit-actions.ts'
import { EventChanges } from './event-changes.tsx'

type Props = {
  events: readonly EventDto[]
  /** Who may take a change back, and in which team; the installation's changes cannot be. */
  undoing?: { teamId: string; permissions: readonly Permission[] }
  /** The address of this log with one more filter. */
  narrow: (filter: Record<string, string>) => string
}

/** One page of the log: a line an event, with everything of it behind the line. */
export async function EventList({ events, undoing, narrow }: Props) {
  const [t, actions] = await Promise.all([getTranslations('audit.list'), getTranslations('audit.actions')])
  const actionText = (action: string) => {
    const key = action.replace('.', '_') as 'client_created'
    return actions.has(key) ? actions(key) : action
  }
  return (
    <ol className="divide-y divide-line">
      {events.map((event) => {
        const { actor, target, client, undo } = event
        const who = actor.kind === 'system' ? t('system') : (actor.name ?? t('former'))
        const what = target.type === 'audit_event' && target.name ? actionText(target.name) : (target.name ?? target.id)
        return (
          <li key={event.id}>
            <details className="group">
              <summary className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-5 py-3 -outline-offset-2 hover:bg-sunken/70">
                <span className="flex w-full shrink-0 items-center gap-1.5 text-[0.8125rem] text-muted sm:w-36">
                  <ChevronRight aria-hidden className="size-3.5 shrink-0 transition-transform group-open:rotate-90" />
                  <RelativeTime date={new Date(event.at)} />
                </span>
                <span className="min-w-0 flex-1 basis-64 [overflow-wrap:anywhere]">
                  <span className="font-medium">{actionText(event.action)}</span>
                  <span className="text-muted">: </span>
                  {what}
                  {client && target.type !== 'client' ? <span className="text-muted"> · {client.name ?? client.id}</span> : null}
                </span>
                <span className="text-[0.8125rem] text-muted [overflow-wrap:anywhere]">{who}</span>
                {event.undone ? <Badge>{t('undone')}</Badge> : null}
              </summary>
              <div className="space-y-4 border-t border-line bg-sunken/40 px-5 py-4">
                <EventChanges event={event} />
                <dl className="grid gap-x-6 gap-y-1 text-[0.8125rem] sm:grid-cols-[8rem_minmax(0,1fr)] [&_dd]:[overflow-wrap:anywhere] [&_dt]:text-muted">
                  <dt>{t('when')}</dt>
                  <dd>
                    <DateTime date={new Date(event.at)} /> UTC
                  </dd>
                  <dt>{t('who')}</dt>
                  <dd>
                    {who} {actor.email ? `<${actor.email}>` : ''}{' '}
                    {actor.id ? <TextLink href={narrow({ actor: actor.id })}>{t('onlyActor')}</TextLink> : null}
                  </dd>
                  <dt>{t('target')}</dt>
                  <dd>
                    <code className="font-mono text-xs">{target.id}</code>{' '}
                    {target.type === 'audit_event' ? null : <TextLink href={narrow({ target: target.id })}>{t('onlyTarget')}</TextLink>}
                  </dd>
                  {event.ip ? (
                    <>
                      <dt>{t('from')}</dt>
                      <dd>
                        {event.ip} {event.userAgent ? `· ${event.userAgent}` : ''}
                      </dd>
                    </>
                  ) : null}
                  {event.requestId ? (
                    <>
                      <dt>{t('request')}</dt>
                      <dd>
                        <code className="font-mono text-xs">{event.requestId}</code>
                      </dd>
                    </>
                  ) : null}
                </dl>
                {undo && undoing ? (
                  <NeedsPermission has={undoing.permissions} permission={undo.permission}>
                    <ActionForm
                      action={undoEventAction}
                      fields={{ teamId: undoing.teamId, eventId: event.id, back: narrow({ undone: '1' }) }}
                    >
                      <SubmitButton variant="secondary" size="sm">
                        {t('undo')}
                      </SubmitButton>
                    </ActionForm>
                  </NeedsPermission>
                ) : null}
              </div>
            </details>
          </li>
        )
      })}
    </ol>
  )
}
