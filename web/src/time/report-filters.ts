import { today } from '#web/messages/formats.ts'
import type { ReportFilters } from '#web/time/time-queries.ts'

export const groupings = ['project', 'task', 'member', 'tag', 'day', 'week', 'month'] as const
export type Grouping = (typeof groupings)[number]
export const presets = ['thisWeek', 'lastWeek', 'thisMonth', 'lastMonth', 'thisYear'] as const
export type Preset = (typeof presets)[number]

/** What a report shows, as it stands in the address. */
export type ReportSearch = {
  from?: string
  to?: string
  by?: Grouping
  project?: string
  member?: string
  tag?: string
  billable?: boolean
}

export function readReportSearch(search: Record<string, unknown>): ReportSearch {
  const day = (value: unknown) => (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : undefined)
  const ids = (value: unknown) =>
    typeof value === 'string' && /^[0-9a-f,-]{36,}$|^me$/i.test(value) ? value : undefined
  const found = {
    from: day(search.from),
    to: day(search.to),
    by: groupings.find(by => by === search.by),
    project: ids(search.project),
    member: ids(search.member),
    tag: ids(search.tag),
    billable: typeof search.billable === 'boolean' ? search.billable : undefined,
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}

/** What to ask the server for: this month by project unless the address says otherwise. */
export function toReportFilters({ by, ...search }: ReportSearch): ReportFilters {
  return { ...daysOf('thisMonth', today()), ...search, groupBy: by ?? 'project' }
}

/** The first and last day of what people call these. */
export function daysOf(preset: Preset, now: string): { from: string; to: string } {
  const [year, month, date] = now.split('-').map(Number) as [number, number, number]
  const weekday = (new Date(Date.UTC(year, month - 1, date)).getUTCDay() + 6) % 7
  const span = (from: number[], to: number[]) => ({ from: day(from), to: day(to) })
  if (preset === 'thisWeek') return span([year, month, date - weekday], [year, month, date - weekday + 6])
  if (preset === 'lastWeek') return span([year, month, date - weekday - 7], [year, month, date - weekday - 1])
  if (preset === 'thisMonth') return span([year, month, 1], [year, month + 1, 0])
  if (preset === 'lastMonth') return span([year, month - 1, 1], [year, month, 0])
  return span([year, 1, 1], [year, 12, 31])
}

function day([year, month, date]: number[]): string {
  return new Date(Date.UTC(year!, month! - 1, date!)).toISOString().slice(0, 10)
}
