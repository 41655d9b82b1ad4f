import { clsx } from 'clsx'

const WIDTH = 96
const HEIGHT = 24
const GAP = 1

/** Small bars, one for each value, the highest of full height. `label` says it in words; without, it is decoration beside a figure. */
export function Sparkline({ values, label, className }: { values: readonly number[]; label?: string; className?: string }) {
  const highest = Math.max(...values, 1)
  const step = WIDTH / Math.max(values.length, 1)
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className={clsx('shrink-0 fill-accent-text', className ?? 'h-6 w-24')}
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      {values.map((value, index) => {
        // What is not nothing is seen.
        const height = value > 0 ? Math.max((value / highest) * HEIGHT, 2) : 0.75
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a place in time
            key={index}
            x={index * step}
            y={HEIGHT - height}
            width={step - GAP}
            height={height}
            opacity={value > 0 ? 1 : 0.3}
          />
        )
      })}
    </svg>
  )
}
