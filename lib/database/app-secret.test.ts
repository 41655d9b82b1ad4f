import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { expect, it, onTestFinished } from 'vitest'
import { generatedSecret } from './app-secret.ts'

const ROUNDS = 200
const RACERS = 4

/** Each asks for the secret of every round at the same moment as the others. */
const RACER = `
const { workerData, parentPort } = require('node:worker_threads')
import(workerData.module).then(({ generatedSecret }) => {
  const gate = new Int32Array(workerData.gate)
  const found = []
  for (let round = 0; round < workerData.rounds; round++) {
    const last = (round + 1) * workerData.racers
    if (Atomics.add(gate, 0, 1) + 1 === last) Atomics.notify(gate, 0)
    for (let seen = Atomics.load(gate, 0); seen < last; seen = Atomics.load(gate, 0)) Atomics.wait(gate, 0, seen, 1)
    found.push(generatedSecret(workerData.dir + '/secret-' + round))
  }
  parentPort.postMessage(found)
})`

function folder(): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'xwms-secret-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

it('is made once, readable by its owner only, and nothing else is left', () => {
  const dir = folder()
  const file = path.join(dir, 'app-secret')
  const secret = generatedSecret(file)
  expect(Buffer.byteLength(secret)).toBeGreaterThanOrEqual(32)
  expect(generatedSecret(file)).toBe(secret)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(dir)).toEqual(['app-secret'])
})

it('is one for all who start at the same moment', async () => {
  const dir = folder()
  const module = path.join(import.meta.dirname, 'app-secret.ts')
  const workerData = { dir, module, rounds: ROUNDS, racers: RACERS, gate: new SharedArrayBuffer(4) }
  const racers = Array.from({ length: RACERS }, () => {
    const worker = new Worker(RACER, { eval: true, workerData })
    return new Promise<string[]>((resolve, reject) => worker.once('message', resolve).once('error', reject))
  })
  const found = await Promise.all(racers)
  for (let round = 0; round < ROUNDS; round++) expect(new Set(found.map((secrets) => secrets[round])).size).toBe(1)
  expect(readdirSync(dir)).toHaveLength(ROUNDS)
})
