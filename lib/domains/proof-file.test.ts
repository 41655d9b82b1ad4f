import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { isPublicAddress, type Network } from './network.ts'
import { findFileProof } from './proof.ts'
import { fetchProofFile } from './proof-file.ts'

const HOST = 'proof.example.com'
const LOOPBACK = { address: '127.0.0.1', family: 4 }

describe('the file that proves a domain', () => {
  let server: Server
  let net: Network
  let answer: RequestListener
  let seen: string[]

  beforeAll(async () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'xwms-proof-'))
    const [cert, key] = [path.join(dir, 'cert.pem'), path.join(dir, 'key.pem')]
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
    const name = ['-subj', `/CN=${HOST}`, '-addext', `subjectAltName=DNS:${HOST},IP:127.0.0.1`]
    execFileSync('openssl', ['req', '-x509', ...curve, '-keyout', key, '-out', cert, ...name], { stdio: 'ignore' })
    const ca = readFileSync(cert, 'utf8')
    server = createServer({ cert: ca, key: readFileSync(key) }, (request, response) => {
      seen.push(`${request.headers.host} ${request.url}`)
      answer(request, response)
    })
    rmSync(dir, { recursive: true, force: true })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    net = { txt: async () => [], addresses: async () => [LOOPBACK], mayReach: () => true, port, ca }
  })

  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  beforeEach(() => {
    seen = []
    answer = (_, response) => response.end('the file')
  })

  it('is read over HTTPS, by the name of the host', async () => {
    expect(await fetchProofFile(net, HOST)).toEqual({ text: 'the file' })
    expect(seen).toEqual([`${HOST}:${net.port} /.well-known/xwms-verification.txt`])
    expect(await fetchProofFile(net, '127.0.0.1')).toEqual({ text: 'the file' })
  })

  it('proves by the token as a word of it, and not by one like it', async () => {
    const found = async (text: string) => {
      answer = (_, response) => response.end(text)
      return findFileProof(net, HOST, 'Abc123')
    }
    for (const text of ['Abc123', 'xwms-verification=Abc123\n', '# ours\r\nAbc123\r\n']) expect(await found(text)).toBeNull()
    for (const text of ['', 'abc123', 'Abc1234', 'XAbc123', '<p>Abc123</p>'])
      expect(await found(text)).toMatchObject({ code: 'file_other', seen: text })
    expect(await found(`a\u0000b\u202e ${'x'.repeat(300)}`)).toMatchObject({ seen: `a b ${'x'.repeat(196)}…` })
  })

  it('is not followed elsewhere', async () => {
    answer = (_, response) => response.writeHead(302, { location: `https://${HOST}/token` }).end('the file')
    expect(await fetchProofFile(net, HOST)).toEqual({ failed: 'file_redirect', seen: `302 https://${HOST}/token` })
    expect(seen).toHaveLength(1)
  })

  it('has to be there', async () => {
    answer = (_, response) => response.writeHead(404).end('Abc123')
    expect(await fetchProofFile(net, HOST)).toEqual({ failed: 'file_status', seen: '404' })
  })

  it('has at most 4 KB', async () => {
    answer = (_, response) => response.end('x'.repeat(4096))
    expect(await fetchProofFile(net, HOST)).toEqual({ text: 'x'.repeat(4096) })
    answer = (_, response) => response.end('x'.repeat(4097))
    expect(await fetchProofFile(net, HOST)).toEqual({ failed: 'file_too_large', seen: '' })
  })

  it('is given up on when it trickles', async () => {
    answer = (_, response) => response.write('x')
    const begun = performance.now()
    expect(await fetchProofFile(net, HOST)).toEqual({ failed: 'file_timeout', seen: '' })
    expect(performance.now() - begun).toBeLessThan(8000)
  }, 15_000)

  it('needs a certificate of the host', async () => {
    expect(await fetchProofFile(net, 'other.example.com')).toMatchObject({ failed: 'file_tls' })
    const { ca: _, ...untrusting } = net
    expect(await fetchProofFile(untrusting, HOST)).toMatchObject({ failed: 'file_tls' })
    expect(seen).toEqual([])
  })

  it('is not looked for at private addresses', async () => {
    const strict = { ...net, mayReach: isPublicAddress }
    const at = (...addresses: string[]) => ({ ...strict, addresses: async () => addresses.map((address) => ({ address, family: 4 })) })
    for (const one of [at('127.0.0.1'), at('8.8.8.8', '127.0.0.1')])
      expect(await fetchProofFile(one, HOST)).toEqual({ failed: 'file_private', seen: '' })
    expect(await fetchProofFile(strict, '127.0.0.1')).toEqual({ failed: 'file_private', seen: '' })
    expect(seen).toEqual([])
  })

  it('is not asked for when the connection leads elsewhere than the name did', async () => {
    const judged: string[] = []
    const moved = { ...net, mayReach: (address: string) => judged.push(address) === 1 }
    expect(await fetchProofFile(moved, HOST)).toEqual({ failed: 'file_private', seen: '' })
    expect(judged).toEqual(['127.0.0.1', '127.0.0.1'])
    expect(seen).toEqual([])
  })

  it('needs a host with an address that answers', async () => {
    const failing = (code: string) => ({ ...net, addresses: () => Promise.reject(Object.assign(new Error(code), { code })) })
    expect(await fetchProofFile(failing('ENOTFOUND'), HOST)).toMatchObject({ failed: 'file_unresolved' })
    expect(await fetchProofFile(failing('EAI_AGAIN'), HOST)).toMatchObject({ failed: 'file_unresolved' })
    expect(await fetchProofFile({ ...net, addresses: async () => [] }, HOST)).toMatchObject({ failed: 'file_unresolved' })
    expect(await fetchProofFile({ ...net, port: 1 }, HOST)).toEqual({ failed: 'file_unreachable', seen: 'ECONNREFUSED' })
  })
})

describe('isPublicAddress', () => {
  it.each(['1.1.1.1', '93.184.216.34', '2606:4700::1111', '::ffff:1.1.1.1'])('%s is', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })

  it.each([
    ...['127.0.0.1', '10.0.0.1', '172.16.0.1', '192.168.0.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '255.255.255.255', '224.0.0.1'],
    ...['192.0.2.1', '198.18.0.1', '240.0.0.1', '::', '::1', 'fe80::1', 'fd00::1', 'fec0::1', 'ff02::1', '2001:db8::1', '::ffff:10.0.0.1'],
    ...['::ffff:127.0.0.1', '::7f00:1', '64:ff9b::7f00:1', '64:ff9b:1::a00:1', '2002:a00:1::', '2001::1', '', 'localhost', '0x7f.1'],
  ])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })
})
