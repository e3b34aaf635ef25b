import { NativeSelect } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { useSuspenseQuery } from '@tanstack/react-query'
import type { RefObject } from 'react'
import { useMessages } from '#web/messages/language.ts'
import { projectsQuery } from '#web/queries/workspace.ts'
import { useMe } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { QuickAdd } from '#web/tasks/quick-add.tsx'
import classes from './my-work-page.module.css'

/** A task for oneself, in the project that was chosen last. */
export function MyQuickAdd({ inputRef }: { inputRef: RefObject<HTMLTextAreaElement | null> }) {
  const { work } = useMessages()
  const workspace = useWorkspace()
  const { member } = useMe()
  const { data: projects } = useSuspenseQuery(projectsQuery(workspace))
  const open = projects.filter(project => !project.archivedAt)
  const [last, setLast] = useLocalStorage({
    key: `kontor.project.${workspace}`,
    defaultValue: '',
    getInitialValueInEffect: false,
  })
  const project = open.find(one => one.id === last) ?? open[0]
  if (!project) return null
  return (
    <div className={classes.add}>
      <QuickAdd common={{ projectId: project.id, assigneeId: member.id }} inputRef={inputRef} />
      <NativeSelect
        variant="unstyled"
        aria-label={work.task.fields.projectId}
        value={project.id}
        data={open.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={event => setLast(event.currentTarget.value)}
      />
    </div>
  )
}
