import { describe, expect, it } from 'vitest'
import { COMMANDS, usage } from './commands.ts'
import { describeError } from './errors.ts'
import { yesNo } from './options.ts'
import { parseCommandLine, wantsJson } from './parse.ts'

describe('the command line', () => {
  it.each([
    [[], 'Which command?'],
    [['client'], 'Unknown command: client'],
    [['client', 'explode', 'x'], 'Unknown command: client explode'],
    [['client', 'show'], 'CLIENT_ID is missing'],
    [['client', 'show', 'a', 'b'], 'Unexpected argument: b'],
    [['client', 'show', 'a', '--force'], '--force'],
    [['client', 'create', '--owner', 'a@b.c'], '--name is missing'],
    [['client', 'create', '--owner'], '--owner'],
    [['secret', 'revoke', 'a'], 'SECRET_ID is missing'],
    [['user', 'create', '--email=a@b.c', '--name=N'], '--password is missing'],
  ])('refuses %j with exit code 2', (argv, message) => {
    let failure: ReturnType<typeof describeError> | undefined
    try {
      parseCommandLine(argv)
    } catch (error) {
      failure = describeError(error)
    }
    expect(failure).toMatchObject({ code: 'usage', exitCode: 2, message: expect.stringContaining(message) })
  })

  it('takes --json anywhere and options that repeat', () => {
    const argv = ['--json', 'domain', 'set', 'cl_1', 'a.example.com', '--ip', '::1', '--ip=10.0.0.0/8']
    expect(wantsJson(argv)).toBe(true)
    expect(parseCommandLine(argv)).toMatchObject({ positionals: ['cl_1', 'a.example.com'], values: { ip: ['::1', '10.0.0.0/8'] } })
    expect(wantsJson(['client', 'show', 'x'])).toBe(false)
  })

  it('takes yes and no only', () => {
    const invocation = (value: string) => {
      const parsed = parseCommandLine(['domain', 'set', 'c', 'h', '--allow-api', value])
      if (parsed === 'help') throw new Error('not a command')
      return parsed
    }
    expect(yesNo(invocation('yes'), 'allow-api')).toBe(true)
    expect(yesNo(invocation('no'), 'allow-api')).toBe(false)
    expect(yesNo(invocation('no'), 'allow-login')).toBeUndefined()
    expect(() => yesNo(invocation('maybe'), 'allow-api')).toThrow('--allow-api takes yes or no')
  })

  it('helps', () => {
    expect(parseCommandLine(['--help'])).toBe('help')
    expect(parseCommandLine(['client', 'create', '--help'])).toBe('help')
    for (const { words } of COMMANDS) expect(usage()).toContain(words.join(' '))
  })
})
