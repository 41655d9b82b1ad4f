import { accessSync, constants, readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'

// What a value of the environment must be beyond its form, where getting it wrong would otherwise show late or without the variable's name.

/** Whether this user may read `file`. */
export function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK)
    return true
  } catch {
    return false
  }
}

/** A mailbox of RFC 5322 §3.4 as people write it: `login@example.com` or `Name <login@example.com>`. */
export function isMailbox(value: string): boolean {
  return /^[^\s<>@,;]+@[^\s<>@,;]+$/.test(value) || /^[^<>\r\n]*<[^\s<>@,;]+@[^\s<>@,;]+>$/.test(value)
}

/** What is wrong with the files of a certificate and its key, beginning with the variable; undefined when TLS can be served with them. */
export function tlsProblem(certFile: string, keyFile: string): string | undefined {
  const cert = contents(certFile)
  if (!cert || !opens({ cert })) return 'TLS_CERT must name a file with a certificate in PEM'
  const key = contents(keyFile)
  if (!key || !opens({ key })) return 'TLS_KEY must name a file with a private key in PEM, without a passphrase'
  if (!opens({ cert, key })) return 'TLS_KEY must be the key of the certificate in TLS_CERT'
  return undefined
}

function contents(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

function opens(files: { cert?: Buffer; key?: Buffer }): boolean {
  try {
    createSecureContext(files)
    return true
  } catch {
    return false
  }
}
