import { Link, useSearch } from '@tanstack/react-router'
import { useMessages } from '#web/messages/language.ts'
import { PageTabs } from '#web/shell/page-tabs.tsx'
import { useWorkspace } from '#web/shell/use-workspace.ts'

/** List or board; the filters stay. */
export function ProjectTabs({ label, projectKey }: { label: string; projectKey: string }) {
  const { work } = useMessages()
  const search = useSearch({ from: '/signed-in/w/$workspace/projects/$project' })
  const params = { workspace: useWorkspace(), project: projectKey }
  const to = '/w/$workspace/projects/$project'
  // An address without a layout is the list, and only that.
  const activeOptions = { exact: true, includeSearch: true }
  return (
    <PageTabs label={label}>
      <Link to={to} params={params} search={{ ...search, layout: undefined }} activeOptions={activeOptions}>
        {work.views.list}
      </Link>
      <Link to={to} params={params} search={{ ...search, layout: 'board' }} activeOptions={activeOptions}>
        {work.views.board}
      </Link>
    </PageTabs>
  )
}
