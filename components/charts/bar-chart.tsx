import { scaleBand, scaleLinear } from 'd3-scale'
import { Chart, HEIGHT, type LegendEntry, type Moment, WIDTH } from './chart.tsx'

/** One bar, its parts from the bottom up, in the order of the chart's `parts`. `title` is read on hover. */
export type Bar = { key: string; title: string; values: readonly number[] }

/** Bars in a row, each stacked of a few parts. */
export function BarChart({
  label,
  bars,
  parts,
  moments,
  format,
}: {
  label: string
  bars: readonly Bar[]
  parts: readonly { label: string; fill: string; stroke: string }[]
  moments: readonly Moment[]
  format: (value: number) => string
}) {
  const highest = Math.max(1, ...bars.map(({ values }) => values.reduce((sum, value) => sum + value, 0)))
  const y = scaleLinear([0, highest], [HEIGHT, 0]).nice(4)
  const x = scaleBand(
    bars.map(({ key }) => key),
    [0, WIDTH],
  ).paddingInner(0.2)
  const legend: LegendEntry[] = parts.map((part) => ({ label: part.label, className: part.stroke }))
  const ticks = y.ticks(4).filter((tick) => Number.isInteger(tick))
  return (
    <Chart label={label} ticks={ticks.map(format)} moments={moments} {...(parts.length > 1 ? { legend } : {})}>
      {bars.map(({ key, title, values }) => {
        let below = 0
        const left = x(key) ?? 0
        return (
          <g key={key} className="group">
            {/* The whole height answers to the pointer, also where the bar is low. */}
            <rect x={left} y={0} width={x.bandwidth()} height={HEIGHT} className="fill-transparent group-hover:fill-hover" />
            {values.map((value, index) => {
              const [top, bottom] = [y(below + value), y(below)]
              below += value
              return value > 0 ? (
                <rect
                  key={parts[index]?.label}
                  x={left}
                  y={top}
                  width={x.bandwidth()}
                  height={Math.max(bottom - top, 0.6)}
                  className={parts[index]?.fill}
                />
              ) : null
            })}
            <title>{title}</title>
          </g>
        )
      })}
    </Chart>
  )
}
