import { allowlistHas } from '../allowlist.ts'
import { passed, type StateCheck } from '../check.ts'

/** Where the domain has an IP allowlist, the caller is on it. In monitor mode the verdict is kept and nobody refused. */
export const ipNotAllowed: StateCheck = {
  code: 'ip_not_allowed',
  run({ snapshot: { ip_allowlist, ip_monitor }, input: { ip } }) {
    if (!ip_allowlist || ip_allowlist.length === 0) return passed
    const shown = ip_allowlist.slice(0, 5).join(', ')
    const expected = ip_allowlist.length > 5 ? `${shown} and ${ip_allowlist.length - 5} more` : shown
    const received = ip ?? 'no address'
    if (allowlistHas(ip_allowlist, ip)) return { ok: true, expected, received }
    if (ip_monitor) return { ok: true, expected, received, monitored: true }
    return { ok: false, message: `Your address ${received} is not on the IP allowlist of this domain.`, expected, received }
  },
}
