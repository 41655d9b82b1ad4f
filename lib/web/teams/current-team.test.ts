import { describe, expect, it } from 'vitest'
import { parseEnv } from '#lib/env.ts'
import { setSingleton } from '#lib/registry.ts'
import { TEST_ENV } from '#lib/testing/constants.ts'
import { afterSwitch, chooseTeam, rememberTeamCookie } from './current-team.ts'

setSingleton('env', parseEnv({ ...TEST_ENV, PUBLIC_URL: 'https://login.example.com' }))

describe('chooseTeam', () => {
  const teams = [{ id: 'tm_own' }, { id: 'tm_a' }, { id: 'tm_b' }]

  it.each([
    [undefined, undefined, 'tm_own'],
    [undefined, 'tm_b', 'tm_b'],
    [undefined, 'tm_left', 'tm_own'],
    ['tm_a', 'tm_b', 'tm_a'],
    ['tm_foreign', 'tm_b', undefined],
    ['', 'tm_b', undefined],
  ])('wanted %s, remembered %s: %s', (wanted, remembered, expected) => {
    expect(chooseTeam(teams, wanted, remembered)?.id).toBe(expected)
  })
})

describe('afterSwitch', () => {
  it.each([
    ['/clients', '/clients'],
    ['/clients?team=tm_a&q=shop&cursor=x', '/clients'],
    ['/clients/new?team=tm_a', '/clients/new'],
    ['/clients/cl_1/domains', '/clients'],
    ['/team/members/usr_1', '/team'],
    ['/team/audit?action=client.renamed', '/team/audit'],
    ['/team/roles/rol_1', '/team/roles'],
    ['/team/roles/new', '/team/roles'],
    ['/team/invite', '/team/invite'],
    ['/team/credentials?finding=old&cursor=x', '/team/credentials'],
    ['/team/settings', '/team/settings'],
    ['/team/there-is-no-such-page', '/team'],
    ['/requests?open=req_1', '/requests'],
    ['/requests/req_1', '/requests'],
    ['/requests/explain?client=cl_1', '/requests/explain'],
    ['/usage?range=7d', '/usage'],
    ['/account', '/account'],
  ])('%s leads to %s', (path, expected) => {
    expect(afterSwitch(path)).toBe(expected)
  })
})

describe('rememberTeamCookie', () => {
  it('is kept from scripts and from plain http, for a year', () => {
    const cookie = rememberTeamCookie('tm_a')
    expect(cookie).toMatch(/^xwms\.team=tm_a; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax; Secure$/)
    expect(Date.parse(/Expires=([^;]+)/.exec(cookie)?.[1] ?? '') - Date.now()).toBeGreaterThan(360 * 24 * 60 * 60_000)
  })
})
