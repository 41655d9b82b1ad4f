import { getTranslations } from 'next-intl/server'
import { TextLink } from '../ui/link.tsx'
import { ERRORS } from './error-codes.ts'

/** The checks of the gate in their order, each with the code that it refuses with. */
export async function GateChecks() {
  const t = await getTranslations('gate.checks')
  return (
    <ol className="my-3 list-decimal space-y-1.5 pl-7">
      {ERRORS.gate.map(({ code }) => (
        <li key={code}>
          {t(`${code}.name`)}:{' '}
          <TextLink href={`/docs/errors#${code}`} className="font-mono text-[0.8125rem]">
            {code}
          </TextLink>
        </li>
      ))}
    </ol>
  )
}
