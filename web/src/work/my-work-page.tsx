import { useMessages } from '#web/messages/language.ts'
import { Page } from '#web/shell/page.tsx'
import { useMe } from '#web/shell/use-permission.ts'
import { TaskRows } from '#web/work/task-rows.tsx'

export function MyWorkPage() {
  const { shell } = useMessages()
  const { member } = useMe()
  return (
    <Page title={shell.myWork} wide>
      <TaskRows filters={{ assignee: member.id, sort: 'due' }} />
    </Page>
  )
}
