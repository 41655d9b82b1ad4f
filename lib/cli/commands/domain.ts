import { setDomain } from '#lib/domains/index.ts'
import { cliContext } from '../context.ts'
import { domainDocument, domainLine } from '../documents.ts'
import { CommandError } from '../errors.ts'
import { choice, listOption, yesNo } from '../options.ts'
import type { CommandResult, Invocation } from '../types.ts'

/** `domain set`: adds the domain when it is new, and changes what is given. */
export async function set(invocation: Invocation): Promise<CommandResult> {
  const { positionals, values, command } = invocation
  const [clientId = '', host = ''] = positionals
  if (values.active && values.inactive) throw new CommandError('usage', `--active or --inactive, not both. Usage: ${command.usage}`)
  const active = values.active ? true : values.inactive ? false : undefined
  const ips = listOption(invocation, 'ip')
  if (ips.includes('none') && ips.length > 1) throw new CommandError('usage', `--ip none stands alone. Usage: ${command.usage}`)
  const changes = {
    active,
    allowLogin: yesNo(invocation, 'allow-login'),
    allowApi: yesNo(invocation, 'allow-api'),
    mode: choice(invocation, 'mode', ['test', 'live']),
    ipAllowlist: ips.length === 0 ? undefined : ips.filter((ip) => ip !== 'none'),
    verified: values.verified ? true : undefined,
  }
  const domain = await setDomain({ ctx: cliContext(), input: { clientId, host, ...changes } })
  return { data: { client_id: clientId, ...domainDocument(domain), added: domain.added }, text: domainLine(domain) }
}
