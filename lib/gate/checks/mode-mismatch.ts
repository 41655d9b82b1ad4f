import type { StateCheck } from '../check.ts'

/** Test secrets for test domains, live secrets for live ones. */
export const modeMismatch: StateCheck = {
  code: 'mode_mismatch',
  run({ snapshot: { domain_mode, secret_mode } }) {
    const [expected, received] = [`${domain_mode} secret`, `${secret_mode} secret`]
    if (domain_mode === secret_mode) return { ok: true, received }
    return { ok: false, message: `This is a ${secret_mode} secret, and the domain is in ${domain_mode} mode.`, expected, received }
  },
}
