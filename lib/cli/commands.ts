import type { CommandSpec } from './types.ts'

const text = { type: 'string' } as const
const list = { type: 'string', multiple: true } as const
const flag = { type: 'boolean' } as const

const CLIENT = ['CLIENT_ID']

/** Every command and what it takes; run.ts knows what each does. */
export const COMMANDS: CommandSpec[] = [
  {
    words: ['user', 'create'],
    positionals: [],
    options: { email: text, password: text, name: text, operator: flag },
    required: ['email', 'password', 'name'],
    usage: 'user create --email E --password P --name N [--operator]',
  },
  {
    words: ['user', 'password'],
    positionals: ['EMAIL'],
    options: { password: text },
    required: ['password'],
    usage: 'user password EMAIL --password P',
  },
  {
    words: ['user', 'operator'],
    positionals: ['EMAIL'],
    options: { remove: flag },
    required: [],
    usage: 'user operator EMAIL [--remove]',
  },
  {
    words: ['client', 'create'],
    positionals: [],
    options: { owner: text, name: text, type: text, 'redirect-uri': list, domain: list, scope: list },
    required: ['owner', 'name'],
    usage:
      'client create --owner E --name N [--type confidential|public] [--redirect-uri URI]... [--domain HOST[:test|live]]... [--scope S]...',
  },
  {
    words: ['client', 'show'],
    positionals: CLIENT,
    options: {},
    required: [],
    usage: 'client show CLIENT_ID',
  },
  {
    words: ['client', 'disable'],
    positionals: CLIENT,
    options: {},
    required: [],
    usage: 'client disable CLIENT_ID',
  },
  {
    words: ['client', 'enable'],
    positionals: CLIENT,
    options: {},
    required: [],
    usage: 'client enable CLIENT_ID',
  },
  {
    words: ['client', 'restrict'],
    positionals: CLIENT,
    options: { reason: text },
    required: ['reason'],
    usage: 'client restrict CLIENT_ID --reason R',
  },
  {
    words: ['client', 'lift'],
    positionals: CLIENT,
    options: {},
    required: [],
    usage: 'client lift CLIENT_ID',
  },
  {
    words: ['client', 'delete'],
    positionals: CLIENT,
    options: {},
    required: [],
    usage: 'client delete CLIENT_ID',
  },
  {
    words: ['secret', 'create'],
    positionals: CLIENT,
    options: { mode: text, label: text, expires: text },
    required: [],
    usage: 'secret create CLIENT_ID [--mode test|live] [--label L] [--expires ISO]',
  },
  {
    words: ['secret', 'revoke'],
    positionals: ['CLIENT_ID', 'SECRET_ID'],
    options: {},
    required: [],
    usage: 'secret revoke CLIENT_ID SECRET_ID',
  },
  {
    words: ['domain', 'set'],
    positionals: ['CLIENT_ID', 'HOST'],
    options: { active: flag, inactive: flag, 'allow-login': text, 'allow-api': text, mode: text, ip: list, verified: flag },
    required: [],
    usage:
      'domain set CLIENT_ID HOST [--active|--inactive] [--allow-login yes|no] [--allow-api yes|no] [--mode test|live] [--ip CIDR|none]... [--verified]',
  },
  {
    words: ['plan', 'set'],
    positionals: ['TEAM_OR_EMAIL', 'PLAN'],
    options: {},
    required: [],
    usage: 'plan set TEAM_OR_EMAIL PLAN',
  },
  {
    words: ['keys', 'rotate'],
    positionals: [],
    options: { compromised: { type: 'boolean' } },
    required: [],
    usage: 'keys rotate [--compromised]',
  },
  {
    words: ['tokens', 'revoke'],
    positionals: CLIENT,
    options: {},
    required: [],
    usage: 'tokens revoke CLIENT_ID',
  },
  {
    words: ['usage', 'rebuild'],
    positionals: [],
    options: { from: text, to: text },
    required: [],
    usage: 'usage rebuild [--from YYYY-MM-DD] [--to YYYY-MM-DD]',
  },
  {
    words: ['registration-token', 'create'],
    positionals: ['TEAM_OR_EMAIL'],
    options: { label: text, uses: text, days: text },
    required: [],
    usage: 'registration-token create TEAM_OR_EMAIL [--label L] [--uses N] [--days N]',
  },
  {
    words: ['registration-token', 'revoke'],
    positionals: ['TOKEN_ID'],
    options: {},
    required: [],
    usage: 'registration-token revoke TOKEN_ID',
  },
  {
    words: ['registration-token', 'list'],
    positionals: ['TEAM_OR_EMAIL'],
    options: {},
    required: [],
    usage: 'registration-token list TEAM_OR_EMAIL',
  },
  {
    words: ['tokens', 'revoke-team'],
    positionals: ['TEAM_OR_EMAIL'],
    options: {},
    required: [],
    usage: 'tokens revoke-team TEAM_OR_EMAIL',
  },
]

/** The usage text. */
export function usage(): string {
  const lines = COMMANDS.map((command) => `  ${command.usage}`)
  return ['Usage: npm run xwms -- <command> [--json]', '', ...lines, '', 'With --json the answer is one JSON document.', ''].join('\n')
}
