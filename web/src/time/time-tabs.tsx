import { Link } from '@tanstack/react-router'
import { useMessages } from '#web/messages/language.ts'
import { PageTabs } from '#web/shell/page-tabs.tsx'
import { useWorkspace } from '#web/shell/use-workspace.ts'

export function TimeTabs() {
  const { work } = useMessages()
  const params = { workspace: useWorkspace() }
  return (
    <PageTabs label={work.time.title}>
      <Link to="/w/$workspace/time" params={params} activeOptions={{ exact: true, includeSearch: false }}>
        {work.time.week}
      </Link>
      <Link to="/w/$workspace/time/report" params={params}>
        {work.report.title}
      </Link>
    </PageTabs>
  )
}
