import { useQueries, useQuery } from '@tanstack/react-query'
import type { TimeReport } from '#client'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { taskQuery } from '#web/queries/tasks.ts'
import { projectsQuery } from '#web/queries/workspace.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { usePeople } from '#web/tasks/use-people.ts'
import { useTags } from '#web/tasks/use-tags.ts'
import type { Grouping } from '#web/time/report-filters.ts'

export type ReportRow = TimeReport['rows'][number]

/** What a row of the report is about, in words. */
export function useRowName(by: Grouping, rows: readonly ReportRow[]): (row: ReportRow) => string {
  const { work } = useMessages()
  const formats = useFormats()
  const people = usePeople()
  const tags = useTags()
  const workspace = useWorkspace()
  const { data: projects } = useQuery(projectsQuery(workspace))
  const ids = by === 'task' ? rows.flatMap(row => row.taskId ?? []) : []
  const tasks = useQueries({ queries: ids.map(id => taskQuery(workspace, id)) }).map(found => found.data)
  const names: Record<Grouping, (row: ReportRow) => string | undefined> = {
    project: row => projects?.find(project => project.id === row.projectId)?.name,
    task: row => {
      const task = tasks.find(one => one?.id === row.taskId)
      return row.taskId ? task && `${task.key} ${task.title}` : work.report.noTask
    },
    member: row => people.nameOf(row.memberId ?? null),
    tag: row => (row.tagId ? tags.get(row.tagId)?.name : work.report.noTag),
    day: row => formats.day(row.day!),
    week: row => row.week,
    month: row => row.month,
  }
  return row => names[by](row) ?? work.report.unknown
}

/** What tells a row from the others. */
export function rowKey({ projectId, taskId, memberId, tagId, day, week, month }: ReportRow): string {
  return [projectId, taskId, memberId, tagId, day, week, month].join('/')
}
