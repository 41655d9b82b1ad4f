import type { Profile } from './profiles.ts'

const DAY_MS = 86_400_000
/** Of a day's requests, by hour UTC: people in Europe. Sums to 1. */
const HOURS = [4, 3, 2, 2, 3, 8, 18, 36, 58, 70, 74, 72, 66, 68, 72, 70, 62, 56, 62, 68, 60, 40, 18, 8].map((part) => part / 1000)

/** How many requests a client makes in the hour that begins at `hour`: by daylight, fewer at weekends, some growth, and chance. */
export function requestsOfHour({ perDay, silentSince }: Profile, hour: Date, now: number, random: () => number): number {
  const age = (now - hour.getTime()) / DAY_MS
  if (silentSince !== undefined && age < silentSince) return 0
  const weekend = [0, 6].includes(hour.getUTCDay()) ? 0.6 : 1
  const growth = 1.15 - age / 100
  const expected = perDay * (HOURS[hour.getUTCHours()] ?? 0) * weekend * growth * (0.75 + random() * 0.5)
  return Math.floor(expected) + (random() < expected % 1 ? 1 : 0)
}
