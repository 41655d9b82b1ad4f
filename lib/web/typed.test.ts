import { expect, it, vi } from 'vitest'
import { typed } from './typed.ts'

function form(...entries: [string, string | Blob][]): FormData {
  const data = new FormData()
  for (const [name, value] of entries) data.append(name, value)
  return data
}

it('keeps what fields show again, and neither secrets nor files', () => {
  const data = form(
    ['name', 'Ada'],
    ['scope', 'openid'],
    ['scope', 'email'],
    ['logo', new Blob(['x'])],
    ['empty', ''],
    ['currentPassword', 'a'],
    ['client_secret', 'b'],
    ['csrfToken', 'c'],
    ['code', '123456'],
    ['$ACTION_1:0', 'd'],
    ['__proto__', 'e'],
  )
  expect(Object.entries(typed(data))).toEqual([
    ['name', 'Ada'],
    ['scope', ['openid', 'email']],
    ['logo', ''],
    ['empty', ''],
    ['__proto__', 'e'],
  ])
})

it('looks at each entry once, however many names there are', () => {
  const data = form(...Array.from({ length: 20_000 }, (_, index): [string, string] => [`n${index}`, '']))
  const again = [vi.spyOn(data, 'get'), vi.spyOn(data, 'getAll'), vi.spyOn(data, 'has')]
  expect(Object.keys(typed(data))).toHaveLength(20_000)
  for (const one of again) expect(one).not.toHaveBeenCalled()
})
