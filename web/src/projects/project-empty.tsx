import { Button, Kbd } from '@mantine/core'
import { IconChecklist, IconFileImport, IconFilterOff } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { EmptyState } from '#web/feedback/empty-state.tsx'
import { useMessages } from '#web/messages/language.ts'
import type { TaskFilters } from '#web/queries/tasks.ts'
import { useCan } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { clearedFilters, hasFilters } from '#web/tasks/task-filters.ts'

type Props = { filters: TaskFilters; mayCreate: boolean; onClear: (cleared: Record<string, undefined>) => void }

/** A list without tasks: because of the filters, or because there are none yet. */
export function ProjectEmpty({ filters, mayCreate, onClear }: Props) {
  const { work } = useMessages()
  const workspace = useWorkspace()
  const navigate = useNavigate()
  const mayImport = useCan('project', 'write')
  if (hasFilters(filters)) {
    return (
      <EmptyState icon={IconFilterOff} title={work.filters.nothing}>
        <Button variant="default" onClick={() => onClear(clearedFilters)}>
          {work.filters.clear}
        </Button>
      </EmptyState>
    )
  }
  const goImport = () =>
    void navigate({ to: '/w/$workspace/imports/new', params: { workspace }, search: { project: filters.project } })
  return (
    <EmptyState icon={IconChecklist} title={work.task.none} hint={mayCreate ? work.task.noneHint : undefined}>
      {mayCreate && <Kbd>c</Kbd>}
      {mayCreate && mayImport && (
        <Button variant="default" leftSection={<IconFileImport size={16} />} onClick={goImport}>
          {work.imports.start}
        </Button>
      )}
    </EmptyState>
  )
}
