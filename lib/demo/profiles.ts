/** A kind of request with how often it comes, of all requests of its client, and how long it takes. */
export type Kind = {
  weight: number
  typicalMs: number
  /** By credentials in headers: asked of the gate itself. Else an OAuth request, with what the provider writes. */
  gate?: { use: 'api' | 'login'; trouble?: 'secret' | 'ip' | 'domain' | 'browser' }
  method: 'GET' | 'POST'
  path: string
  endpoint: string | null
  status: number
  decision: string
  detail?: Record<string, unknown>
  /** A person is part of it. */
  person?: true
}

/** What a client of the demo is, and how it is used. */
export type Profile = {
  name: string
  type: 'confidential' | 'public'
  host: string
  mode: 'test' | 'live'
  redirectUri?: string
  ips?: string[]
  state: 'active' | 'disabled' | 'restricted'
  ageDays: number
  /** People log in to it. */
  people: boolean
  perDay: number
  /** Days ago when its traffic ended. */
  silentSince?: number
  userAgent: string
  kinds: Kind[]
}

const api = (weight: number, method: 'GET' | 'POST', name: string, typicalMs: number, gate: Kind['gate'] = { use: 'api' }): Kind => ({
  ...{ weight, typicalMs, gate, method, path: `/api/${name}`, endpoint: `${method} ${name}` },
  ...{ status: 200, decision: 'ok' },
})
const oauth = (weight: number, endpoint: string, path: string, typicalMs: number, more: Partial<Kind> = {}): Kind => ({
  ...{
    weight,
    typicalMs,
    endpoint,
    path: `/oidc/${path}`,
    method: path === 'token' ? 'POST' : 'GET',
    status: path === 'token' || path === 'me' ? 200 : 303,
  },
  ...{ decision: 'ok', ...more },
})
const token = (weight: number, grant: string, more: Partial<Kind> = {}): Kind =>
  oauth(weight, `token:${grant}`, 'token', 9, { detail: { grant_type: grant }, person: true, ...more })

const LOGIN: Kind[] = [
  oauth(9, 'authorization', 'auth', 7),
  oauth(8, 'login', 'auth/resume', 12, { person: true }),
  token(8, 'authorization_code'),
  token(14, 'refresh_token'),
  oauth(12, 'userinfo', 'me', 5, { person: true }),
  oauth(0.6, 'resume', 'auth/resume', 8, {
    decision: 'access_denied',
    detail: { cause: 'person_denied', description: 'End-User aborted interaction' },
  }),
  token(0.5, 'refresh_token', {
    status: 400,
    decision: 'invalid_grant',
    detail: { grant_type: 'refresh_token', cause: 'refresh_unknown', reason: 'refresh token not found' },
  }),
]

const API: Kind[] = [
  api(14, 'POST', 'get/user/info', 6),
  api(6, 'POST', 'user/address', 8),
  api(4, 'GET', 'v1/users', 11),
  api(3, 'GET', 'v1/whoami', 3),
  api(2, 'POST', 'global/countries', 4),
]

/** The clients of the demo: each state that the dashboard knows. */
export const PROFILES: readonly Profile[] = [
  {
    ...{ name: 'Storefront', type: 'confidential', host: 'shop.northwind.example', mode: 'live', state: 'active', ageDays: 160 },
    ...{ redirectUri: 'https://shop.northwind.example/auth/callback', ips: ['198.51.100.0/24'], people: true, perDay: 780 },
    ...{ userAgent: 'northwind-shop/4.2 (node 24)' },
    kinds: [
      ...LOGIN,
      ...API,
      api(0.9, 'POST', 'get/user/info', 2, { use: 'api', trouble: 'ip' }),
      api(0.3, 'POST', 'get/user/info', 2, { use: 'api', trouble: 'domain' }),
      api(0.25, 'POST', 'user/address', 2, { use: 'api', trouble: 'secret' }),
    ],
  },
  {
    ...{ name: 'Mobile app', type: 'public', host: 'm.northwind.example', mode: 'live', state: 'active', ageDays: 90 },
    ...{ redirectUri: 'https://m.northwind.example/callback', people: true, perDay: 320, userAgent: 'NorthwindApp/2.11 (iOS 20.1)' },
    kinds: LOGIN,
  },
  {
    ...{ name: 'Partner feed', type: 'confidential', host: 'feed.northwind.example', mode: 'live', state: 'active', ageDays: 45 },
    ...{ people: false, perDay: 210, userAgent: 'python-requests/2.33' },
    kinds: [
      ...API,
      api(3, 'GET', 'v1/users', 2, { use: 'api', trouble: 'secret' }),
      api(1, 'GET', 'v1/whoami', 2, { use: 'api', trouble: 'browser' }),
    ],
  },
  {
    ...{ name: 'Staging', type: 'confidential', host: 'staging.northwind.example', mode: 'test', state: 'active', ageDays: 150 },
    ...{
      redirectUri: 'https://staging.northwind.example/auth/callback',
      people: true,
      perDay: 60,
      userAgent: 'northwind-shop/4.3-rc1 (node 24)',
    },
    kinds: [...LOGIN, ...API],
  },
  {
    ...{ name: 'Newsletter', type: 'confidential', host: 'news.northwind.example', mode: 'live', state: 'disabled', ageDays: 210 },
    ...{ people: false, perDay: 40, silentSince: 9, userAgent: 'GuzzleHttp/7.10' },
    kinds: API,
  },
  {
    ...{ name: 'Old importer', type: 'confidential', host: 'import.northwind.example', mode: 'live', state: 'restricted', ageDays: 400 },
    ...{ people: false, perDay: 90, silentSince: 3, userAgent: 'curl/8.16' },
    kinds: [
      ...API,
      api(12, 'POST', 'get/user/info', 2, { use: 'api', trouble: 'ip' }),
      api(9, 'POST', 'get/user/info', 2, { use: 'api', trouble: 'secret' }),
    ],
    ips: ['203.0.113.0/28'],
  },
  {
    ...{ name: 'Fresh idea', type: 'confidential', host: 'localhost', mode: 'test', state: 'active', ageDays: 1 },
    ...{ redirectUri: 'http://localhost:4000/callback', people: false, perDay: 0, userAgent: '' },
    kinds: [],
  },
]
