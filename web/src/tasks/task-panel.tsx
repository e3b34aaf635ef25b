import { ActionIcon, Drawer, Group } from '@mantine/core'
import { IconArrowsMaximize } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { NotFoundPage } from '#web/feedback/not-found-page.tsx'
import { RowsSkeleton } from '#web/feedback/skeletons.tsx'
import { useMessages } from '#web/messages/language.ts'
import { taskQuery } from '#web/queries/tasks.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { TaskDetails } from '#web/tasks/details/task-details.tsx'
import { TaskMenu } from '#web/tasks/details/task-menu.tsx'
import { findTask } from '#web/tasks/task-cache.ts'

/** A task beside what it was opened from. What the list knows of it is shown at once. */
export function TaskPanel({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const { work, actions } = useMessages()
  const workspace = useWorkspace()
  const client = useQueryClient()
  const { data: task, error } = useQuery({
    ...taskQuery(workspace, id ?? ''),
    enabled: id !== undefined,
    placeholderData: () => (id ? findTask(client, workspace, id) : undefined),
  })
  return (
    <Drawer.Root opened={id !== undefined} onClose={onClose} position="right" size="60rem">
      <Drawer.Overlay backgroundOpacity={0.25} />
      <Drawer.Content aria-label={task?.title ?? work.task.task}>
        <Drawer.Header>
          <Drawer.Title c="dimmed">{task?.key}</Drawer.Title>
          <Group gap="xs">
            {task && <TaskMenu task={task} onDeleted={onClose} />}
            {task && (
              <ActionIcon
                component={Link}
                to="/w/$workspace/tasks/$task"
                params={{ workspace, task: task.id } as never}
                variant="subtle"
                color="gray"
                size="lg"
                aria-label={work.task.openPage}
                title={work.task.openPage}
              >
                <IconArrowsMaximize size={18} />
              </ActionIcon>
            )}
            <Drawer.CloseButton size="lg" aria-label={actions.close} />
          </Group>
        </Drawer.Header>
        <Drawer.Body>
          {task ? <TaskDetails key={task.id} task={task} /> : error ? <NotFoundPage /> : <RowsSkeleton />}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  )
}
