import { Badge } from '#components/ui/badge.tsx'

/** The status of an answer, in the colour of its class. */
export function HttpStatus({ status }: { status: number }) {
  const tone = status >= 500 ? 'danger' : status >= 400 ? 'warning' : status >= 300 ? 'info' : 'success'
  return <Badge tone={tone}>{status}</Badge>
}

/** `ok`, or the code of the refusal. Codes are the same in every language. */
export function Decision({ code }: { code: string }) {
  return <code className={code === 'ok' ? 'font-mono text-xs text-muted' : 'font-mono text-xs font-medium text-danger-text'}>{code}</code>
}
