import type { ParseArgsOptionsConfig } from 'node:util'

/** What a command takes. */
export type CommandSpec = {
  words: [entity: string, verb: string]
  positionals: string[]
  options: ParseArgsOptionsConfig
  required: string[]
  usage: string
}

/** A parsed command line. */
export type Invocation = {
  command: CommandSpec
  positionals: string[]
  values: Record<string, string | boolean | string[] | undefined>
}

/** `data` is the JSON document; `text` is for a person. */
export type CommandResult = { data: Record<string, unknown>; text: string }
