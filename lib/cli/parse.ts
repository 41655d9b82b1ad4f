import { parseArgs } from 'node:util'
import { COMMANDS } from './commands.ts'
import { CommandError } from './errors.ts'
import type { CommandSpec, Invocation } from './types.ts'

/** Whether the answer is to be JSON: asked before anything else, since what goes wrong next is answered that way too. */
export function wantsJson(argv: string[]): boolean {
  const end = argv.indexOf('--')
  return (end === -1 ? argv : argv.slice(0, end)).includes('--json')
}

/** Reads a command line. @throws CommandError usage */
export function parseCommandLine(argv: string[]): Invocation | 'help' {
  const words = argv.filter((word) => word !== '--json')
  if (words.includes('--help') || words.includes('-h') || words[0] === 'help') return 'help'
  const [entity = '', verb = '', ...rest] = words
  const command = COMMANDS.find(({ words: [first, second] }) => first === entity && second === verb)
  if (!command) throw new CommandError('usage', entity ? `Unknown command: ${`${entity} ${verb}`.trim()}` : 'Which command?')
  return read(command, rest)
}

function read(command: CommandSpec, args: string[]): Invocation {
  let parsed: { values: Record<string, unknown>; positionals: string[] }
  try {
    parsed = parseArgs({ args, options: command.options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new CommandError('usage', `${(error as Error).message.split('. ')[0]}. Usage: ${command.usage}`)
  }
  const { values, positionals } = parsed
  const missing = command.positionals[positionals.length] ?? command.required.find((name) => values[name] === undefined)
  if (missing)
    throw new CommandError('usage', `${command.required.includes(missing) ? `--${missing}` : missing} is missing. Usage: ${command.usage}`)
  if (positionals.length > command.positionals.length) {
    throw new CommandError('usage', `Unexpected argument: ${positionals[command.positionals.length]}. Usage: ${command.usage}`)
  }
  return { command, positionals, values: values as Invocation['values'] }
}
