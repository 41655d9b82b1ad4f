import type { GateResult } from '#lib/gate/index.ts'
import { recordRequest } from '#lib/requests/index.ts'
import type { Call } from './call.ts'

/** Notes an answered call in the request log, with the gate's verdicts. `decision` is `ok` or the refusing code. */
export function recordCall(call: Call, decision: string): void {
  const { req, res, at, started, facts, endpoint, verdict, sub } = call
  const claimed = req.headers['x-client-domain']
  recordRequest({
    requestId: facts.requestId,
    at,
    ...whose(verdict),
    accountId: sub,
    method: req.method ?? '',
    path: (req.url ?? '').split('?', 1)[0] as string,
    endpoint: endpoint && `${req.method} ${endpoint.slice(1)}`,
    status: res.statusCode,
    decision,
    ip: facts.ip,
    userAgent: req.headers['user-agent'] ?? null,
    host: (typeof claimed === 'string' ? claimed : req.headers.host)?.slice(0, 256) ?? null,
    durationMs: performance.now() - started,
    checks: verdict?.checks ?? null,
    detail: null,
  })
}

function whose(verdict: GateResult | null) {
  if (verdict?.ok) {
    const { client, domain, secret, mode } = verdict
    return { clientId: client.id, teamId: client.teamId, domainId: domain.id, secretId: secret?.id ?? null, mode }
  }
  const client = verdict?.client
  return {
    clientId: client?.id ?? null,
    teamId: client?.teamId ?? null,
    domainId: client?.domainId ?? null,
    secretId: client?.secretId ?? null,
    mode: client?.mode ?? null,
  }
}
