import { useTranslations } from 'next-intl'

const SYSTEM = ['owner', 'admin', 'developer', 'viewer'] as const

/** The name of a role: of the ones that every team has in the reader's language, of a team's own as it was given. */
export function RoleName({ role }: { role: { key: string; name: string } }) {
  const t = useTranslations('teams.roles')
  const system = SYSTEM.find((key) => key === role.key)
  return system ? t(`system.${system}`) : role.name
}
