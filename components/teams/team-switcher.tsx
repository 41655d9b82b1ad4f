import { Check, ChevronsUpDown, Plus } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { PageLink } from '#components/ui/page-link.tsx'
import { currentPath } from '#lib/web/preferences.ts'
import { Avatar } from '../ui/avatar.tsx'
import { CurrentTeam, TeamChoice } from './current-team.tsx'
import { RoleName } from './role-name.tsx'
import { SwitcherPanel } from './switcher-panel.tsx'

export type SwitcherTeam = { id: string; name: string; personal: boolean; role: { key: string; name: string } }

const ENTRY = 'flex w-full min-w-0 items-center gap-2.5 rounded-md px-2 py-1.5 text-left hover:bg-hover touch:min-h-11'

/** The current team, and the others to switch to: one plain form, so that it works before and without JavaScript. */
export async function TeamSwitcher({
  teams,
  current,
  csrfToken,
}: {
  teams: readonly SwitcherTeam[]
  current: SwitcherTeam
  csrfToken: string
}) {
  const names = teams.map(({ id, name }) => ({ id, name }))
  const remembered = { id: current.id, name: current.name }
  const [t, path] = await Promise.all([getTranslations('teams.switcher'), currentPath()])
  return (
    <SwitcherPanel
      label={t('label')}
      button={
        <>
          <CurrentTeam teams={names} remembered={remembered} label={t('current')} />
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" />
        </>
      }
    >
      <form method="post" action="/teams/switch">
        <input type="hidden" name="csrfToken" value={csrfToken} />
        <input type="hidden" name="returnTo" value={path} />
        <ul aria-label={t('label')} className="space-y-0.5">
          {teams.map((team) => (
            <li key={team.id}>
              <TeamChoice
                team={{ id: team.id, name: team.name }}
                teams={names}
                remembered={remembered}
                className={ENTRY}
                mark={<Check aria-hidden className="size-4 shrink-0 text-accent-text" />}
              >
                <Avatar name={team.name} square className="size-7" />
                <span className="min-w-0 flex-1 leading-5">
                  <span className="block truncate">{team.name}</span>
                  <span className="block truncate text-xs text-muted">{team.personal ? t('personal') : <RoleName role={team.role} />}</span>
                </span>
              </TeamChoice>
            </li>
          ))}
        </ul>
      </form>
      <div className="mt-2 border-t border-line pt-2">
        <PageLink href="/teams/new" className={ENTRY}>
          <Plus aria-hidden className="size-4 text-muted" />
          {t('create')}
        </PageLink>
      </div>
    </SwitcherPanel>
  )
}
