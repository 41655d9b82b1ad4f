/** What the gate's checks say they expected and received, by the key of its translation. Numbers and names are taken along. */
const PHRASES: readonly [pattern: RegExp, key: string][] = [
  [/^active$/, 'active'],
  [/^disabled$/, 'disabled'],
  [/^inactive$/, 'inactive'],
  [/^not restricted$/, 'not_restricted'],
  [/^restricted$/, 'restricted'],
  [/^an active plan$/, 'active_plan'],
  [/^none$/, 'none'],
  [/^a server$/, 'server'],
  [/^a domain of this client$/, 'clients_domain'],
  [/^verified$/, 'verified'],
  [/^unverified$/, 'unverified'],
  [/^test secret$/, 'test_secret'],
  [/^live secret$/, 'live_secret'],
  [/^a secret for this domain$/, 'secret_here'],
  [/^a secret for others$/, 'secret_elsewhere'],
  [/^log-in allowed$/, 'login_allowed'],
  [/^API allowed$/, 'api_allowed'],
  [/^not allowed$/, 'not_allowed'],
  [/^no match$/, 'no_match'],
  [/^more$/, 'more'],
  [/^no address$/, 'no_address'],
  [/^both$/, 'both'],
  [/^at most (?<n>\d+) a minute$/, 'per_minute'],
  [/^at most (?<n>\d+) a month$/, 'per_month'],
  [/^at most (?<n>\d+) wrong credentials a minute$/, 'failures'],
  [/^number (?<n>\d+)$/, 'number'],
  [/^no (?<name>X-[\w-]+)$/, 'no_header'],
  [/^each header once, at most (?<n>\d+) characters$/, 'once'],
  [/^(?<name>X-[\w-]+) was sent more than once$/, 'twice'],
  [/^(?<name>X-[\w-]+) is longer than (?<n>\d+) characters$/, 'too_long'],
  [/^(?<name>X-[\w-]+) holds control characters$/, 'control'],
  [/^(?<name>X-[\w-]+) holds more than one value$/, 'several'],
  [/^(?<name>X-[\w-]+) is not a client secret/, 'bad_secret'],
  [/^(?<name>X-[\w-]+) is not a host name/, 'bad_domain'],
  [/^(?<list>.+) and (?<n>\d+) more$/, 'and_more'],
]

type Translate = (key: string, params?: Record<string, string>) => string

/** A phrase of a check in the person's language; what is a value (an address, a host, a plan's name) stays as it is. */
export function phrase(t: Translate, text: string): string {
  for (const [pattern, key] of PHRASES) {
    const found = pattern.exec(text)
    if (found) return t(`phrases.${key}`, { ...found.groups })
  }
  return text
}
