import { clsx } from 'clsx'

const WIDTH = 96
const HEIGHT = 24
const GAP = 1
/** The line that the bars stand on. */
const GROUND = 0.75

/** Small bars, one for each value, the highest of full height. `label` says it in words; without, it is decoration beside a figure. */
export function Sparkline({ values, label, className }: { values: readonly number[]; label?: string; className?: string }) {
  const highest = Math.max(...values, 1)
  const step = WIDTH / Math.max(values.length, 1)
  // Two paths, not an element for each bar: lists have dozens of these, and most of their hours are empty.
  const bars = values.map((value, index) => (value > 0 ? bar(index * step, step - GAP, value / highest) : '')).join('')
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className={clsx('shrink-0 fill-accent-text', className ?? 'h-6 w-24')}
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      <path d={`M0 ${HEIGHT}h${WIDTH}v${-GROUND}h${-WIDTH}z`} opacity="0.3" />
      {bars ? <path d={bars} /> : null}
    </svg>
  )
}

/** A bar from the ground up, `share` of the height. What is not nothing is seen. */
function bar(x: number, width: number, share: number): string {
  const height = Math.max(share * HEIGHT, 2)
  return `M${short(x)} ${HEIGHT}v${short(-height)}h${short(width)}v${short(height)}z`
}

function short(value: number): number {
  return Math.round(value * 100) / 100
}
