import { NativeSelect, Select, TextInput } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { today } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { projectsQuery } from '#web/queries/workspace.ts'
import { usePermission } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { usePeople } from '#web/tasks/use-people.ts'
import { useTags } from '#web/tasks/use-tags.ts'
import {
  daysOf,
  type Grouping,
  groupings,
  type Preset,
  presets,
  type ReportSearch,
  toReportFilters,
} from '#web/time/report-filters.ts'
import classes from './report-page.module.css'

/** When, whose and by what: all of it in the address. */
export function ReportControls({ search }: { search: ReportSearch }) {
  const { work } = useMessages()
  const navigate = useNavigate()
  const people = usePeople()
  const tags = useTags()
  const { data: projects } = useSuspenseQuery(projectsQuery(useWorkspace()))
  const seesAll = usePermission('time_entry', 'read') === 'all'
  const { from = '', to = '' } = toReportFilters(search)
  const preset = presets.find(name => sameDays(daysOf(name, today()), { from, to })) ?? ''
  const set = (changes: ReportSearch | { [name: string]: undefined }) => {
    const next = Object.entries({ ...search, ...changes }).filter(([, value]) => value !== undefined)
    void navigate({ to: '.', search: Object.fromEntries(next), replace: true })
  }
  const billable = search.billable === undefined ? '' : String(search.billable)
  return (
    <div className={classes.controls}>
      <NativeSelect
        label={work.report.period}
        value={preset}
        data={[
          ...presets.map(value => ({ value, label: work.report.presets[value] })),
          ...(preset ? [] : [{ value: '', label: work.report.presets.custom }]),
        ]}
        onChange={event => event.currentTarget.value && set(daysOf(event.currentTarget.value as Preset, today()))}
      />
      <TextInput
        type="date"
        label={work.report.from}
        value={from}
        max={to}
        onChange={event => event.currentTarget.value && set({ from: event.currentTarget.value, to })}
      />
      <TextInput
        type="date"
        label={work.report.to}
        value={to}
        min={from}
        onChange={event => event.currentTarget.value && set({ from, to: event.currentTarget.value })}
      />
      <NativeSelect
        label={work.report.groupBy}
        value={search.by ?? 'project'}
        data={groupings
          .filter(by => by !== 'member' || seesAll)
          .map(value => ({ value, label: work.report.groups[value] }))}
        onChange={event => set({ by: event.currentTarget.value as Grouping })}
      />
      <Select
        label={work.task.fields.projectId}
        placeholder={work.report.all}
        data={projects.map(({ id, name }) => ({ value: id, label: name }))}
        searchable
        clearable
        value={search.project ?? null}
        onChange={project => set({ project: project ?? undefined })}
      />
      {seesAll && (
        <Select
          label={work.report.member}
          placeholder={work.report.all}
          data={people.options(search.member)}
          searchable
          clearable
          value={search.member ?? null}
          onChange={member => set({ member: member ?? undefined })}
        />
      )}
      {tags.size > 0 && (
        <Select
          label={work.report.groups.tag}
          placeholder={work.report.all}
          data={[...tags.values()].map(({ id, name }) => ({ value: id, label: name }))}
          searchable
          clearable
          value={search.tag ?? null}
          onChange={tag => set({ tag: tag ?? undefined })}
        />
      )}
      <NativeSelect
        label={work.report.billable}
        value={billable}
        data={[
          { value: '', label: work.report.all },
          { value: 'true', label: work.report.billableOnly },
          { value: 'false', label: work.report.notBillable },
        ]}
        onChange={event =>
          set({ billable: event.currentTarget.value === '' ? undefined : event.currentTarget.value === 'true' })
        }
      />
    </div>
  )
}

function sameDays(a: { from: string; to: string }, b: { from: string; to: string }): boolean {
  return a.from === b.from && a.to === b.to
}
