import { Search, X } from 'lucide-react'
import Form from 'next/form'
import { getTranslations } from 'next-intl/server'
import { Button } from '#components/ui/button.tsx'
import { buttonClass } from '#components/ui/button-class.ts'
import { SelectField, TextField } from '#components/ui/field.tsx'
import { PageLink } from '#components/ui/page-link.tsx'
import { areasOf, INSTALLATION_ACTIONS, TEAM_ACTIONS } from '#lib/audit/index.ts'
import type { AuditQuery } from '#lib/web/teams/audit-query.ts'

type Props = {
  /** Whose log. */
  of: keyof typeof LOGS
  params: AuditQuery['params']
  /** Who may be chosen: the team's members, or the operators, and whoever the address names. */
  actors: readonly { id: string; name: string }[]
  /** `?team=`, where the page has it. */
  team?: string | undefined
  /** The address of the log with these filters only. */
  address: (params: AuditQuery['params']) => string
}

/** Where a log is, and the areas that it has events of. */
const LOGS = {
  team: { path: '/team/audit', areas: areasOf(TEAM_ACTIONS) },
  installation: { path: '/operator/audit', areas: areasOf(INSTALLATION_ACTIONS) },
}

/** The log's filters, in its address; each that is set is a chip that takes it away. */
export async function EventFilter({ of, params, actors, team, address }: Props) {
  const [t, audit, actions] = await Promise.all([
    getTranslations('audit.filter'),
    getTranslations('audit'),
    getTranslations('audit.actions'),
  ])
  const log = LOGS[of]
  const key = params.action?.replace('.', '_') as 'client_created'
  const action =
    params.action && !log.areas.some((area) => area === params.action) ? (actions.has(key) ? actions(key) : params.action) : undefined
  const texts: Record<keyof AuditQuery['params'], string | undefined> = {
    actor: params.actor === 'system' ? t('system') : (actors.find(({ id }) => id === params.actor)?.name ?? params.actor),
    action: action ?? (params.action ? audit(`areas.${params.action as 'team'}`) : undefined),
    target: params.target,
    from: params.from,
    to: params.to,
  }
  const nameOf = (name: keyof typeof params) => t(name === 'target' && of === 'installation' ? 'anyTarget' : name)
  const set = (Object.keys(params) as (keyof typeof params)[]).filter((name) => params[name])
  return (
    <div className="space-y-3">
      {/* Made anew with other filters, so that its fields show them. */}
      <Form key={JSON.stringify(params)} action={log.path} className="flex flex-wrap items-end gap-2">
        {team ? <input type="hidden" name="team" value={team} /> : null}
        <SelectField
          className="basis-44 max-sm:grow"
          label={t('action')}
          name="action"
          defaultValue={params.action ?? ''}
          options={[
            { value: '', label: t('anything') },
            ...log.areas.map((area) => ({ value: area, label: audit(`areas.${area}`) })),
            ...(action ? [{ value: params.action ?? '', label: action }] : []),
          ]}
        />
        <SelectField
          className="basis-44 max-sm:grow"
          label={t('actor')}
          name="actor"
          defaultValue={params.actor ?? ''}
          options={[
            { value: '', label: t('anyone') },
            ...actors.map(({ id, name }) => ({ value: id, label: name })),
            { value: 'system', label: t('system') },
            ...(params.actor && params.actor !== 'system' && !actors.some(({ id }) => id === params.actor)
              ? [{ value: params.actor, label: params.actor }]
              : []),
          ]}
        />
        <TextField
          className="basis-52 max-sm:grow"
          label={nameOf('target')}
          name="target"
          defaultValue={params.target}
          spellCheck={false}
          autoComplete="off"
        />
        <TextField className="basis-36 max-sm:grow" label={t('from')} name="from" type="date" defaultValue={params.from} />
        <TextField className="basis-36 max-sm:grow" label={t('to')} name="to" type="date" defaultValue={params.to} />
        <Button type="submit">
          <Search aria-hidden />
          {t('submit')}
        </Button>
      </Form>
      {set.length > 0 ? (
        <ul aria-label={t('active')} className="flex flex-wrap gap-2">
          {set.map((name) => (
            <li key={name}>
              <PageLink
                href={address(Object.fromEntries(Object.entries(params).filter(([other]) => other !== name)))}
                aria-label={t('remove', { filter: `${nameOf(name)}: ${texts[name] ?? ''}` })}
                className={buttonClass('secondary', 'sm')}
              >
                <span className="text-muted">{nameOf(name)}:</span> {texts[name]}
                <X aria-hidden />
              </PageLink>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
