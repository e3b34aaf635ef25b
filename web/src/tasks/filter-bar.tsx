import { ActionIcon, Button, MultiSelect, NativeSelect, Switch, TextInput } from '@mantine/core'
import { useDebouncedCallback, useDisclosure } from '@mantine/hooks'
import { IconAdjustmentsHorizontal, IconSearch, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useMessages } from '#web/messages/language.ts'
import type { TaskFilters } from '#web/queries/tasks.ts'
import { useMe } from '#web/shell/use-permission.ts'
import { statuses } from '#web/tasks/task.ts'
import { clearedFilters, hasFilters } from '#web/tasks/task-filters.ts'
import { usePeople } from '#web/tasks/use-people.ts'
import { useTags } from '#web/tasks/use-tags.ts'
import { ViewsMenu } from '#web/views/views-menu.tsx'
import classes from './filter-bar.module.css'

type Props = {
  filters: TaskFilters
  layout: 'list' | 'board'
  closed: boolean
  onChange: (changes: Record<string, unknown>) => void
}

/** What narrows and orders the tasks. All of it stands in the address; on a phone it opens from a button. */
export function FilterBar({ filters, layout, closed, onChange }: Props) {
  const messages = useMessages()
  const { work } = messages
  const people = usePeople()
  const tags = useTags()
  const { member } = useMe()
  const [open, toggle] = useDisclosure()
  const list = (value: string | undefined) => value?.split(',') ?? []
  const set = (name: keyof TaskFilters) => (values: string[]) =>
    onChange({ [name]: values.length > 0 ? values.join(',') : undefined })
  const others = people.options().filter(({ value }) => value !== member.id)
  const assignees = [{ value: 'me', label: work.filters.me }, { value: 'none', label: work.task.unassigned }, ...others]
  const shared = { size: 'xs' as const, clearable: true, searchable: true, maxDropdownHeight: 320 }
  return (
    <search className={classes.bar} data-open={open || undefined}>
      <TextFilter q={filters.q} onChange={q => onChange({ q: q || undefined })} />
      <Button
        className={classes.opener}
        size="xs"
        variant={hasFilters(filters) ? 'light' : 'default'}
        aria-expanded={open}
        onClick={toggle.toggle}
        leftSection={<IconAdjustmentsHorizontal size={15} />}
      >
        {work.filters.title}
      </Button>
      <div className={classes.fields}>
        {layout === 'list' && (
          <MultiSelect
            {...shared}
            aria-label={work.task.fields.status}
            placeholder={list(filters.status).length ? '' : work.task.fields.status}
            data={statuses.map(value => ({ value, label: messages.statuses[value] }))}
            value={list(filters.status)}
            onChange={set('status')}
          />
        )}
        <MultiSelect
          {...shared}
          aria-label={work.task.fields.assigneeId}
          placeholder={list(filters.assignee).length ? '' : work.task.fields.assigneeId}
          data={assignees}
          value={list(filters.assignee)}
          onChange={set('assignee')}
        />
        {tags.size > 0 && (
          <MultiSelect
            {...shared}
            aria-label={work.task.fields.tagIds}
            placeholder={list(filters.tag).length ? '' : work.task.fields.tagIds}
            data={[...tags.values()].map(({ id, name }) => ({ value: id, label: name }))}
            value={list(filters.tag)}
            onChange={set('tag')}
          />
        )}
        <NativeSelect
          size="xs"
          aria-label={work.filters.due}
          value={filters.due ?? ''}
          data={[
            { value: '', label: work.filters.anyDue },
            ...(['overdue', 'today', 'week', 'none'] as const).map(value => ({
              value,
              label: work.filters.dues[value],
            })),
          ]}
          onChange={event => onChange({ due: event.currentTarget.value || undefined })}
        />
        {layout === 'list' && (
          <NativeSelect
            size="xs"
            aria-label={work.filters.sort}
            value={filters.sort ?? 'position'}
            data={(['position', 'due', 'updated', 'created', 'title'] as const).map(value => ({
              value,
              label: work.filters.sorts[value],
            }))}
            onChange={event =>
              onChange({ sort: event.currentTarget.value === 'position' ? undefined : event.currentTarget.value })
            }
          />
        )}
        {layout === 'list' && !filters.status && (
          <Switch
            className={classes.closed}
            size="xs"
            label={work.filters.closed}
            checked={closed}
            onChange={event => onChange({ closed: event.currentTarget.checked || undefined })}
          />
        )}
        {hasFilters(filters) && (
          <Button size="xs" variant="subtle" color="gray" onClick={() => onChange(clearedFilters)}>
            {work.filters.clear}
          </Button>
        )}
        <ViewsMenu filters={filters} layout={layout} />
      </div>
    </search>
  )
}

function TextFilter({ q = '', onChange }: { q: string | undefined; onChange: (q: string) => void }) {
  const { work, actions } = useMessages()
  const [{ typed, of }, setTyped] = useState({ typed: q, of: q })
  // An address that changed elsewhere, by a view or the back button, is what counts; one's own typing arrives later.
  if (q !== of) setTyped({ typed: typed.trim() === q ? typed : q, of: q })
  const apply = useDebouncedCallback((text: string) => onChange(text.trim()), 250)
  return (
    <TextInput
      className={classes.text}
      size="xs"
      type="search"
      aria-label={work.filters.text}
      placeholder={work.filters.text}
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={
        typed && (
          <ActionIcon
            variant="transparent"
            color="gray"
            size="sm"
            aria-label={actions.clear}
            onClick={() => onChange('')}
          >
            <IconX size={14} />
          </ActionIcon>
        )
      }
      value={typed}
      onChange={event => {
        setTyped({ typed: event.currentTarget.value, of })
        apply(event.currentTarget.value)
      }}
    />
  )
}
