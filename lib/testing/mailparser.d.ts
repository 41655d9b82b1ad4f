declare module 'mailparser' {
  /** The part that tests use: the package has no types of its own. */
  export function simpleParser(source: NodeJS.ReadableStream): Promise<{
    subject?: string
    text?: string
    html?: string | false
    from?: { text: string }
  }>
}
