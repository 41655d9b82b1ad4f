import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { acquireLock, type Lock } from './lock.ts'

function folder(): string {
  const base = mkdtempSync(path.join(tmpdir(), 'xwms-lock-'))
  onTestFinished(() => rmSync(base, { recursive: true, force: true }))
  const data = path.join(base, 'data')
  mkdirSync(data)
  return data
}

async function taken(data: string): Promise<Lock> {
  const result = await acquireLock(path.join(data, 'owner.json'), 'server')
  if (!result.acquired) throw new Error(`pid ${result.owner.pid} has ${data}`)
  return result.lock
}

it('is one owner’s, whatever the folder is called', async () => {
  const data = folder()
  const lock = await taken(data)
  lock.publish('postgresql://localhost/one')
  symlinkSync(data, `${data}.link`)
  for (const name of [data, `${data}.link`])
    expect(await acquireLock(path.join(name, 'owner.json'), 'command')).toMatchObject({
      acquired: false,
      owner: { url: 'postgresql://localhost/one' },
    })
  lock.release()
  ;(await taken(data)).release()
})

it('leads nobody who has a copy of the folder to the database of the original', async () => {
  const data = folder()
  const lock = await taken(data)
  lock.publish('postgresql://localhost/original')
  cpSync(data, `${data}.copy`, { recursive: true })
  ;(await taken(`${data}.copy`)).release()
  expect((await acquireLock(path.join(data, 'owner.json'), 'command')).acquired).toBe(false)
  lock.release()
})
