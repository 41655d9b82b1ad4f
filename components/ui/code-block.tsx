import { CopyButton } from './copy-button.tsx'

/** A piece of code with a button "Copy". `label` says what it is. */
export function CodeBlock({ code, label, copyLabel }: { code: string; label: string; copyLabel?: string }) {
  return (
    <figure aria-label={label} className="min-w-0 overflow-clip rounded-lg border border-line bg-sunken">
      <figcaption className="flex items-center justify-between gap-2 border-b border-line py-1.5 pr-1.5 pl-3.5 text-[0.8125rem] text-muted">
        {label}
        <span className="flex">
          <CopyButton value={code} variant="ghost">
            {copyLabel}
          </CopyButton>
        </span>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <pre tabIndex={0} className="overflow-x-auto px-3.5 py-3 font-mono text-[0.8125rem] leading-5 focus-visible:-outline-offset-2">
        <code>{code}</code>
      </pre>
    </figure>
  )
}
