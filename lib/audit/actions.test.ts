import { expect, it } from 'vitest'
import en from '#lib/i18n/en.json' with { type: 'json' }
import nl from '#lib/i18n/nl.json' with { type: 'json' }
import { areasOf, INSTALLATION_ACTIONS, TEAM_ACTIONS } from './index.ts'

it.each([
  ['English', en],
  ['Dutch', nl],
])('have words in %s, each of them and each area, and there are no other words', (_language, { audit }) => {
  const told = [...TEAM_ACTIONS, ...INSTALLATION_ACTIONS]
  expect(Object.keys(audit.actions).sort()).toEqual(told.map((action) => action.replace('.', '_')).sort())
  expect(Object.keys(audit.areas).sort()).toEqual([...new Set<string>(areasOf(told))].sort())
})
