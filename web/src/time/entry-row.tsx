import { ActionIcon, Menu, Text } from '@mantine/core'
import { IconCurrencyEuro, IconDots, IconPencil, IconPlayerPlay, IconTrash } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { TimeEntry } from '#client'
import { api } from '#web/api.ts'
import { ConfirmModal } from '#web/forms/confirm-modal.tsx'
import { formatDuration, useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { keyIn } from '#web/queries/keys.ts'
import { taskQuery } from '#web/queries/tasks.ts'
import { projectsQuery } from '#web/queries/workspace.ts'
import { ProjectBadge } from '#web/shell/project-badge.tsx'
import { useMe } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { usePeople } from '#web/tasks/use-people.ts'
import { EntryModal } from '#web/time/entry-modal.tsx'
import { RunningTime } from '#web/time/running-time.tsx'
import { useTimer } from '#web/time/use-timer.ts'
import classes from './entry-row.module.css'

/** `of: 'task'`: the list is about one task, so it says who instead of what. */
export function EntryRow({ entry, of = 'member' }: { entry: TimeEntry; of?: 'member' | 'task' }) {
  const { work } = useMessages()
  const formats = useFormats()
  const people = usePeople()
  const [opened, setOpened] = useState<'edit' | 'delete'>()
  const { startedAt, endedAt, durationSeconds, note, billable } = entry
  return (
    <li className={classes.entry} data-of={of}>
      <div className={classes.what}>
        <Text size="sm" className={classes.note}>
          {note || (of === 'task' ? people.nameOf(entry.memberId) : work.time.noNote)}
        </Text>
        {of === 'member' ? (
          <EntryPlace entry={entry} />
        ) : (
          <Text size="xs" c="dimmed">
            {note && `${people.nameOf(entry.memberId)} · `}
            {formats.date(startedAt)}
          </Text>
        )}
      </div>
      {billable && <IconCurrencyEuro size={16} aria-label={work.time.billable} className={classes.euro} />}
      <Text size="xs" c="dimmed" className={classes.clock}>
        {formats.time(startedAt)}–{endedAt ? formats.time(endedAt) : work.time.now}
      </Text>
      <span className={classes.duration}>
        {endedAt ? formatDuration(durationSeconds) : <RunningTime since={startedAt} />}
      </span>
      <EntryMenu entry={entry} open={setOpened} />
      {opened === 'edit' && <EntryModal entry={entry} onClose={() => setOpened(undefined)} />}
      {opened === 'delete' && <DeleteEntry entry={entry} onClose={() => setOpened(undefined)} />}
    </li>
  )
}

function EntryPlace({ entry }: { entry: TimeEntry }) {
  const workspace = useWorkspace()
  const { data: projects } = useQuery(projectsQuery(workspace))
  const { data: task } = useQuery({ ...taskQuery(workspace, entry.taskId ?? ''), enabled: entry.taskId !== null })
  const project = projects?.find(one => one.id === entry.projectId)
  return (
    <span className={classes.place}>
      {project && <ProjectBadge projectKey={project.key} />}
      {task ? (
        <Link to="/w/$workspace/tasks/$task" params={{ workspace, task: task.id }}>
          {task.title}
        </Link>
      ) : (
        project?.name
      )}
    </span>
  )
}

function EntryMenu({ entry, open }: { entry: TimeEntry; open: (what: 'edit' | 'delete') => void }) {
  const { work, actions } = useMessages()
  const { member, permissions } = useMe()
  const { start } = useTimer()
  const scope = permissions.time_entry.write
  if (scope === 'none' || (scope === 'own' && entry.memberId !== member.id)) return <span />
  const { note, billable, rateCents, projectId, taskId } = entry
  const again = () => start({ note, billable, rateCents, ...(taskId ? { taskId } : { projectId }) })
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={work.time.entryActions(entry.note)}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {entry.endedAt && (
          <Menu.Item leftSection={<IconPlayerPlay size={15} />} onClick={again}>
            {work.time.again}
          </Menu.Item>
        )}
        {entry.endedAt && (
          <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => open('edit')}>
            {actions.edit}
          </Menu.Item>
        )}
        <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={() => open('delete')}>
          {actions.delete}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function DeleteEntry({ entry, onClose }: { entry: TimeEntry; onClose: () => void }) {
  const { work, actions } = useMessages()
  const workspace = useWorkspace()
  const client = useQueryClient()
  return (
    <ConfirmModal
      title={work.time.deleteEntry}
      text={work.time.deleteHint(entry.note, formatDuration(entry.durationSeconds))}
      confirmLabel={actions.delete}
      act={() => api.deleteTimeEntry({ path: { workspace, entry: entry.id }, ifMatch: `"${entry.version}"` })}
      onDone={() => client.invalidateQueries({ queryKey: keyIn(workspace, 'time_entry') })}
      onClose={onClose}
    />
  )
}
