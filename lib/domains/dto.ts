import type { Prisma } from '#lib/db.ts'
import { isLocalHost } from './host.ts'
import { proofAddress, proofNames, proofText } from './proof.ts'

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
  /** What proves that the host is the team's: `text` as a TXT record of `dnsName`, or in the file at `fileAddress`. Public by nature. */
  proof: { dnsName: string; fileAddress: string; text: string }
  /** Canonical CIDRs; empty: no restriction. */
  ipAllowlist: string[]
  /** Requests from elsewhere are noted, not refused. */
  ipMonitor: boolean
  fallbackUri: string | null
  createdAt: string
  /** Send it back with a change to be told when someone else was faster. */
  updatedAt: string
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
    proof: { dnsName: proofNames(row.host)[0], fileAddress: proofAddress(row.host), text: proofText(row.verificationToken) },
    ipAllowlist: row.ipAllowlist,
    ipMonitor: row.ipMonitor,
    fallbackUri: row.fallbackUri,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }
}

/** What the audit trail keeps of a domain. */
export function domainAudit(row: DomainRow) {
  const { host, active, allowLogin, allowApi, mode, ipAllowlist, ipMonitor, fallbackUri } = row
  return {
    host,
    active,
    allowLogin,
    allowApi,
    mode,
    ipAllowlist,
    ipMonitor,
    fallbackUri,
    primary: row.isPrimary,
    verified: row.verifiedAt !== null,
  }
}
