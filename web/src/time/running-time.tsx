import { showRunning } from '#web/time/duration.ts'
import { useNow } from '#web/time/use-now.ts'

/** How long something has been running, second by second. */
export function RunningTime({ since }: { since: string }) {
  const now = useNow(true)
  return <span style={{ fontVariantNumeric: 'tabular-nums' }}>{showRunning((now - Date.parse(since)) / 1000)}</span>
}
