import { clsx } from 'clsx'

const WIDTH = 96
const HEIGHT = 24
const GAP = 1

/** Small bars, one for each value, the highest of full height. `label` says it in words; without, it is decoration beside a figure. */
export function Sparkline({ values, label, className }: { values: readonly number[]; label?: string; className?: string }) {
  const highest = Math.max(...values, 1)
  const step = WIDTH / Math.max(values.length, 1)
  // Two paths, not an element for each bar: lists have dozens of these.
  const bars = (which: (value: number) => boolean) =>
    values.map((value, index) => (which(value) ? bar(index * step, step - GAP, value / highest) : '')).join('')
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className={clsx('shrink-0 fill-accent-text', className ?? 'h-6 w-24')}
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      <path d={bars((value) => value > 0)} />
      <path d={bars((value) => value <= 0)} opacity="0.3" />
    </svg>
  )
}

/** A bar from the ground up, `share` of the height. What is not nothing is seen. */
function bar(x: number, width: number, share: number): string {
  const height = share > 0 ? Math.max(share * HEIGHT, 2) : 0.75
  return `M${short(x)} ${HEIGHT}v${short(-height)}h${short(width)}v${short(height)}z`
}

function short(value: number): number {
  return Math.round(value * 100) / 100
}
