import type { Prisma } from '#lib/db.ts'
import { isLocalHost } from './host.ts'

type DomainRow = Prisma.DomainGetPayload<object>

/** A domain as its team sees it. */
export type DomainDto = {
  id: string
  host: string
  /** This machine or a private network. */
  local: boolean
  active: boolean
  allowLogin: boolean
  allowApi: boolean
  mode: 'test' | 'live'
  primary: boolean
  verified: boolean
  verifiedAt: string | null
  /** Canonical CIDRs; empty: no restriction. */
  ipAllowlist: string[]
  ipMonitor: boolean
  createdAt: string
}

export function domainDto(row: DomainRow): DomainDto {
  return {
    id: row.id,
    host: row.host,
    local: isLocalHost(row.host),
    active: row.active,
    allowLogin: row.allowLogin,
    allowApi: row.allowApi,
    mode: row.mode,
    primary: row.isPrimary,
    verified: row.verifiedAt !== null,
    verifiedAt: row.verifiedAt?.toISOString() ?? null,
    ipAllowlist: row.ipAllowlist,
    ipMonitor: row.ipMonitor,
    createdAt: row.createdAt.toISOString(),
  }
}

/** What the audit trail keeps of a domain. */
export function domainAudit(row: DomainRow) {
  const { host, active, allowLogin, allowApi, mode, ipAllowlist, ipMonitor } = row
  return { host, active, allowLogin, allowApi, mode, ipAllowlist, ipMonitor, primary: row.isPrimary, verified: row.verifiedAt !== null }
}
