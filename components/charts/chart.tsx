import { clsx } from 'clsx'
import type { ReactNode } from 'react'

/** The space that charts draw in; the picture is stretched to its box, so only lines and areas go inside, no text. */
export const WIDTH = 1000
export const HEIGHT = 100

/** A label below a chart, at the beginning of `span` bars or points. */
export type Moment = { label: string; span: number }

export type LegendEntry = { label: string; className: string }

/**
 * The frame of a chart: a picture with its scale at the left, a few moments below, and a legend. No script: `ticks` are the labels from
 * the bottom up, evenly spaced. `label` says for those who do not see it
 * what the picture shows; whoever uses it puts a table of the figures near.
 */
export function Chart({
  label,
  ticks,
  moments,
  legend,
  children,
  className,
}: {
  label: string
  ticks: readonly string[]
  moments: readonly Moment[]
  legend?: readonly LegendEntry[]
  children: ReactNode
  className?: string
}) {
  return (
    <div className={clsx('space-y-2', className)}>
      {legend ? (
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-[0.8125rem] text-muted">
          {legend.map((entry) => (
            <li key={entry.label} className="flex items-center gap-1.5">
              <svg aria-hidden viewBox="0 0 14 10" className="h-2.5 w-3.5 shrink-0">
                <path d="M0 5H14" className={entry.className} strokeWidth="6" fill="none" />
              </svg>
              {entry.label}
            </li>
          ))}
        </ul>
      ) : null}
      <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 text-xs text-muted tabular-nums">
        <div aria-hidden className="flex h-40 flex-col-reverse justify-between text-right leading-none">
          {ticks.map((tick, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two ticks may read alike
            <span key={index}>{tick}</span>
          ))}
        </div>
        <svg
          role="img"
          aria-label={label}
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="h-40 w-full overflow-visible"
        >
          <g aria-hidden className="stroke-line" strokeWidth="1">
            {ticks.map((_, index) => {
              const y = HEIGHT - (HEIGHT * index) / Math.max(1, ticks.length - 1)
              // biome-ignore lint/suspicious/noArrayIndexKey: two ticks may read alike
              return <line key={index} x1={0} x2={WIDTH} y1={y} y2={y} vectorEffect="non-scaling-stroke" />
            })}
          </g>
          {children}
        </svg>
        <div aria-hidden className="col-start-2 mt-1.5 flex leading-4">
          {moments.map(({ label: moment, span }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two moments may read alike
            <span key={index} className="min-w-0 basis-0 truncate" style={{ flexGrow: span }}>
              {moment}
            </span>
          ))}
        </div>
      </div>
    </div>
  )
}
