import type { Network } from './network.ts'
import { fetchProofFile } from './proof-file.ts'

/** What stands instead of a proof. Pages translate by the code. */
export type ProofFinding = {
  code:
    | 'dns_none'
    | 'dns_other'
    | 'dns_failed'
    | 'file_unresolved'
    | 'file_private'
    | 'file_unreachable'
    | 'file_tls'
    | 'file_timeout'
    | 'file_redirect'
    | 'file_status'
    | 'file_too_large'
    | 'file_other'
  /** The names or the address that were asked. */
  at: string
  /** What was there: records, a status, the beginning of the file; of strangers, shortened, without control characters. */
  seen: string
}

const SEEN_LENGTH = 200

/** The text that proves that a host is the owner's: the content of its TXT record, or a word of its file. */
export function proofText(token: string): string {
  return `xwms-verification=${token}`
}

/** Where the TXT record may stand; the first one does not get in the way of the host's other records. */
export function proofNames(host: string): [string, string] {
  return [`_xwms.${host}`, host]
}

/** The address of the file. */
export function proofAddress(host: string): string {
  return `https://${host.includes(':') ? `[${host}]` : host}/.well-known/xwms-verification.txt`
}

/** Looks for the TXT record. Null: it is there. */
export async function findDnsProof(net: Network, host: string, token: string): Promise<ProofFinding | null> {
  const names = proofNames(host)
  const answers = await Promise.all(names.map((name) => askTxt(net, name)))
  const records = answers.flatMap((answer) => answer.records)
  if (records.some((record) => record.trim() === proofText(token))) return null
  const at = names.join(', ')
  const failure = answers.find(({ failed }) => failed)?.failed
  if (failure) return { code: 'dns_failed', at, seen: shown(failure) }
  if (records.length === 0) return { code: 'dns_none', at, seen: '' }
  // The nearest miss first: an old token says more than an SPF record.
  const mine = records.filter((record) => record.includes('xwms'))
  return { code: 'dns_other', at, seen: shown((mine.length > 0 ? mine : records).join(' · ')) }
}

/** Looks for the file. Null: it is there and has the token. */
export async function findFileProof(net: Network, host: string, token: string): Promise<ProofFinding | null> {
  const at = proofAddress(host)
  const answer = await fetchProofFile(net, host)
  if ('failed' in answer) return { code: answer.failed, at, seen: shown(answer.seen) }
  if (answer.text.split(/\s+/).some((word) => word === token || word === proofText(token))) return null
  return { code: 'file_other', at, seen: shown(answer.text) }
}

async function askTxt(net: Network, name: string): Promise<{ records: string[]; failed?: string }> {
  try {
    return { records: await net.txt(name) }
  } catch (error) {
    const code = String((error as { code?: unknown }).code ?? 'unknown')
    // No such name, a name without such records, and a name that DNS cannot hold: all of them mean that there is no record.
    return ['ENOTFOUND', 'ENODATA', 'EBADNAME'].includes(code) ? { records: [] } : { records: [], failed: code }
  }
}

function shown(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ').trim()
  return line.length > SEEN_LENGTH ? `${line.slice(0, SEEN_LENGTH)}…` : line
}
