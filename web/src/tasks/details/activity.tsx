import { Tabs } from '@mantine/core'
import { useState } from 'react'
import type { Task } from '#client'
import { Comments } from '#web/comments/comments.tsx'
import { useMessages } from '#web/messages/language.ts'
import { TaskHistory } from '#web/tasks/history/task-history.tsx'

/** What was said about a task, and what happened to it. */
export function Activity({ task }: { task: Task }) {
  const { work } = useMessages()
  const [tab, setTab] = useState<string | null>('comments')
  return (
    <Tabs value={tab} onChange={setTab} keepMounted={false}>
      <Tabs.List mb="md">
        <Tabs.Tab value="comments">{work.comments.title}</Tabs.Tab>
        <Tabs.Tab value="history">{work.history.title}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="comments">
        <Comments task={task} />
      </Tabs.Panel>
      <Tabs.Panel value="history">
        <TaskHistory task={task} />
      </Tabs.Panel>
    </Tabs>
  )
}
