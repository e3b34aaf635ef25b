import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconHelp, IconLink, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Task } from '#client'
import { api } from '#web/api.ts'
import { ConfirmModal } from '#web/forms/confirm-modal.tsx'
import { notifyDone } from '#web/forms/problem.ts'
import { useMessages } from '#web/messages/language.ts'
import { ExplainObject } from '#web/permissions/explain-object.tsx'
import { taskQuestions } from '#web/permissions/questions.ts'
import { keyIn } from '#web/queries/keys.ts'
import { useCan } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { forgetTask } from '#web/tasks/task-cache.ts'
import { useMayDelete } from '#web/tasks/use-may.ts'

export function TaskMenu({ task, onDeleted }: { task: Task; onDeleted: () => void | Promise<void> }) {
  const { work, actions, explain } = useMessages()
  const workspace = useWorkspace()
  const client = useQueryClient()
  const mayDelete = useMayDelete()(task)
  const explains = useCan('member', 'write')
  const [deleting, setDeleting] = useState(false)
  const [explaining, setExplaining] = useState(false)
  const copyLink = async () => {
    await navigator.clipboard.writeText(`${location.origin}/w/${workspace}/tasks/${task.id}`)
    notifyDone(actions.copied)
  }
  const forget = async () => {
    forgetTask(client, workspace, task.id)
    await onDeleted()
    await client.invalidateQueries({ queryKey: keyIn(workspace, 'task', 'list') })
  }
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={work.task.actions}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconLink size={15} />} onClick={copyLink}>
            {work.task.copyLink}
          </Menu.Item>
          {explains && (
            <Menu.Item leftSection={<IconHelp size={15} />} onClick={() => setExplaining(true)}>
              {explain.whoMay}
            </Menu.Item>
          )}
          {mayDelete && (
            <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={() => setDeleting(true)}>
              {actions.delete}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {explaining && (
        <ExplainObject what={task.key} id={task.id} questions={taskQuestions} onClose={() => setExplaining(false)} />
      )}
      {deleting && (
        <ConfirmModal
          title={work.task.delete(task.key)}
          text={work.task.deleteHint(task.title)}
          confirmLabel={actions.delete}
          act={() => api.deleteTask({ path: { workspace, task: task.id }, ifMatch: `"${task.version}"` })}
          onDone={forget}
          onClose={() => setDeleting(false)}
        />
      )}
    </>
  )
}
