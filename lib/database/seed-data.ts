import { SYSTEM_ROLES } from '../teams/permissions.ts'

export const ROLES = SYSTEM_ROLES

/** Plans as shipped; an operator may change them afterwards. */
export const PLANS = [
  {
    key: 'free',
    name: 'Free',
    position: 1,
    max_clients: 10,
    max_members: 5,
    per_minute: 120,
    per_month: 50_000,
    retention_days: 7,
    max_refresh_days: 90,
    by_agreement: false,
  },
  {
    key: 'pro',
    name: 'Pro',
    position: 2,
    max_clients: 100,
    max_members: 50,
    per_minute: 1_200,
    per_month: 2_000_000,
    retention_days: 30,
    max_refresh_days: 365,
    by_agreement: false,
  },
  {
    key: 'enterprise',
    name: 'Enterprise',
    position: 3,
    max_clients: null,
    max_members: null,
    per_minute: 12_000,
    per_month: 100_000_000,
    retention_days: 90,
    max_refresh_days: 365,
    by_agreement: true,
  },
]

/** What a client may ask for. The first eight are in discovery; texts are in the message files under `scopes`. */
export const SCOPES = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access', 'userinfo', 'useraddresses'].map(
  (name, index) => ({ name, position: index + 1, is_default: ['openid', 'profile', 'email', 'offline_access'].includes(name) }),
)
