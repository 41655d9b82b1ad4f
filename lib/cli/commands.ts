import type { ParseArgsOptionsConfig } from 'node:util'
import type { CommandResult, Invocation } from './run.ts'

export type CommandSpec = {
  words: [string, string]
  positionals: string[]
  options: ParseArgsOptionsConfig
  required: string[]
  usage: string
  load: () => Promise<(invocation: Invocation) => Promise<CommandResult>>
}

const text = { type: 'string' } as const
const list = { type: 'string', multiple: true } as const
const flag = { type: 'boolean' } as const

const CLIENT = ['CLIENT_ID']

/** Every command, as CONTRACT fixes them. Verbs load on use, after the Prisma client is known to be there. */
export const COMMANDS: CommandSpec[] = [
  {
    words: ['user', 'create'],
    positionals: [],
    options: { email: text, password: text, name: text, operator: flag },
    required: ['email', 'password', 'name'],
    usage: 'user create --email E --password P --name N [--operator]',
    load: async () => (await import('./commands/user.ts')).createUser,
  },
  {
    words: ['client', 'create'],
    positionals: [],
    options: { owner: text, name: text, type: text, 'redirect-uri': list, domain: list, scope: list },
    required: ['owner', 'name'],
    usage:
      'client create --owner E --name N [--type confidential|public] [--redirect-uri URI]... [--domain HOST[:test|live]]... [--scope S]...',
    load: async () => (await import('./commands/client.ts')).create,
  },
  {
    words: ['client', 'show'],
    positionals: CLIENT,
    options: {},
    required: [],
    usage: 'client show CLIENT_ID',
    load: async () => (await import('./commands/client.ts')).show,
  },
  {
    words: ['client', 'disable'],
    positionals: CLIENT,
    options: {},
    required: [],
    usage: 'client disable CLIENT_ID',
    load: async () => (await import('./commands/client.ts')).disable,
  },
  {
    words: ['client', 'enable'],
    positionals: CLIENT,
    options: {},
    required: [],
    usage: 'client enable CLIENT_ID',
    load: async () => (await import('./commands/client.ts')).enable,
  },
  {
    words: ['client', 'delete'],
    positionals: CLIENT,
    options: {},
    required: [],
    usage: 'client delete CLIENT_ID',
    load: async () => (await import('./commands/client.ts')).remove,
  },
  {
    words: ['secret', 'create'],
    positionals: CLIENT,
    options: { mode: text, label: text, expires: text },
    required: [],
    usage: 'secret create CLIENT_ID [--mode test|live] [--label L] [--expires ISO]',
    load: async () => (await import('./commands/secret.ts')).create,
  },
  {
    words: ['secret', 'revoke'],
    positionals: ['CLIENT_ID', 'SECRET_ID'],
    options: {},
    required: [],
    usage: 'secret revoke CLIENT_ID SECRET_ID',
    load: async () => (await import('./commands/secret.ts')).revoke,
  },
  {
    words: ['domain', 'set'],
    positionals: ['CLIENT_ID', 'HOST'],
    options: { active: flag, inactive: flag, 'allow-login': text, 'allow-api': text, mode: text, ip: list, verified: flag },
    required: [],
    usage:
      'domain set CLIENT_ID HOST [--active|--inactive] [--allow-login yes|no] [--allow-api yes|no] [--mode test|live] [--ip CIDR|none]... [--verified]',
    load: async () => (await import('./commands/domain.ts')).set,
  },
  {
    words: ['plan', 'set'],
    positionals: ['TEAM_OR_EMAIL', 'PLAN'],
    options: {},
    required: [],
    usage: 'plan set TEAM_OR_EMAIL PLAN',
    load: async () => (await import('./commands/plan.ts')).set,
  },
  {
    words: ['keys', 'rotate'],
    positionals: [],
    options: {},
    required: [],
    usage: 'keys rotate',
    load: async () => (await import('./commands/keys.ts')).rotate,
  },
  {
    words: ['tokens', 'revoke'],
    positionals: CLIENT,
    options: {},
    required: [],
    usage: 'tokens revoke CLIENT_ID',
    load: async () => (await import('./commands/tokens.ts')).revoke,
  },
]

/** The usage text. */
export function usage(): string {
  const lines = COMMANDS.map((command) => `  ${command.usage}`)
  return ['Usage: npm run xwms -- <command> [--json]', '', ...lines, '', 'With --json the answer is one JSON document.', ''].join('\n')
}
