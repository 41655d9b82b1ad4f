import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import { Chart, HEIGHT, type Moment, WIDTH } from './chart.tsx'

/** A line; null interrupts it. `stroke` is its classes. `dash` tells it apart without colour. */
export type Line = { label: string; values: readonly (number | null)[]; stroke: string; dash?: string }

/** A few lines over the same moments. `titles`, one a moment, are read on hover. */
export function LineChart({
  label,
  lines,
  titles,
  moments,
  format,
}: {
  label: string
  lines: readonly Line[]
  titles: readonly string[]
  moments: readonly Moment[]
  format: (value: number) => string
}) {
  const highest = Math.max(1, ...lines.flatMap(({ values }) => values.map((value) => value ?? 0)))
  const y = scaleLinear([0, highest], [HEIGHT, 0]).nice(4)
  const step = WIDTH / Math.max(1, titles.length)
  const path = line<number | null>()
    .defined((value) => value !== null)
    .x((_, index) => (index + 0.5) * step)
    .y((value) => y(value ?? 0))
  return (
    <Chart
      label={label}
      ticks={y.ticks(4).map(format)}
      moments={moments}
      legend={lines.map((entry) => ({ label: entry.label, className: entry.stroke }))}
    >
      {lines.map(({ label: name, values, stroke, dash }) => (
        <g key={name} className={stroke} fill="none" strokeWidth="2">
          <path
            d={path(values) ?? ''}
            strokeDasharray={dash}
            strokeLinejoin="round"
            strokeLinecap="round"
            vectorEffect="non-scaling-stroke"
          />
          {/* A moment between two silent ones has no line of its own. */}
          {values.map((value, index) =>
            value !== null && values[index - 1] == null && values[index + 1] == null ? (
              <path
                // biome-ignore lint/suspicious/noArrayIndexKey: a place in time
                key={index}
                d={`M${(index + 0.3) * step} ${y(value)}h${0.4 * step}`}
                vectorEffect="non-scaling-stroke"
              />
            ) : null,
          )}
        </g>
      ))}
      {titles.map((title, index) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a place in time
          key={index}
          x={index * step}
          y={0}
          width={step}
          height={HEIGHT}
          className="fill-transparent hover:fill-hover/50"
        >
          <title>{title}</title>
        </rect>
      ))}
    </Chart>
  )
}
