/** What a role may allow. Names are shown to people and stored in roles; add, never rename. */
export const PERMISSIONS = [
  'clients.read',
  'clients.create',
  'clients.update',
  'clients.delete',
  'secrets.manage',
  'domains.manage',
  'tokens.revoke',
  'logs.read',
  'usage.read',
  'members.manage',
  'roles.manage',
  'plan.manage',
  'audit.read',
] as const

export type Permission = (typeof PERMISSIONS)[number]

const READ: Permission[] = ['clients.read', 'logs.read', 'usage.read']
const BUILD: Permission[] = [...READ, 'clients.create', 'clients.update', 'secrets.manage', 'domains.manage', 'tokens.revoke']

/** The roles that every team has. `owner` is special besides: the last one cannot leave or be demoted. */
export const SYSTEM_ROLES: { key: string; name: string; permissions: Permission[] }[] = [
  { key: 'owner', name: 'Owner', permissions: [...PERMISSIONS] },
  { key: 'admin', name: 'Admin', permissions: PERMISSIONS.filter((permission) => permission !== 'plan.manage') },
  { key: 'developer', name: 'Developer', permissions: BUILD },
  { key: 'viewer', name: 'Viewer', permissions: READ },
]

/** The id of a system role, as the seed writes it. */
export function systemRoleId(key: 'owner' | 'admin' | 'developer' | 'viewer'): string {
  return `rol_${key}`
}
