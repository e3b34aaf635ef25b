import { Button } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { AuditFilters } from '#web/audit/audit-filters.tsx'
import { AuditList } from '#web/audit/audit-list.tsx'
import { AuditStanding } from '#web/audit/audit-standing.tsx'
import { AuditTools } from '#web/audit/audit-tools.tsx'
import { useNames } from '#web/audit/use-names.ts'
import { EmptyState } from '#web/feedback/empty-state.tsx'
import { ErrorPage } from '#web/feedback/error-page.tsx'
import { RowsSkeleton } from '#web/feedback/skeletons.tsx'
import { useMessages } from '#web/messages/language.ts'
import { auditEventsQuery } from '#web/queries/audit.ts'
import { Page } from '#web/shell/page.tsx'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { LoadMore } from '#web/tasks/load-more.tsx'

export function AuditPage() {
  const { audit } = useMessages()
  const search = useSearch({ from: '/signed-in/w/$workspace/audit' })
  return (
    <Page title={audit.title} lead={audit.lead} actions={<AuditTools search={search} />}>
      <AuditStanding />
      <AuditFilters search={search} />
      <AuditEvents />
    </Page>
  )
}

function AuditEvents() {
  const { audit } = useMessages()
  const navigate = useNavigate()
  const workspace = useWorkspace()
  const search = useSearch({ from: '/signed-in/w/$workspace/audit' })
  const query = useInfiniteQuery({ ...auditEventsQuery(workspace, search), placeholderData: keepPreviousData })
  const names = useNames()
  const filtered = Object.keys(search).length > 0
  if (query.isPending) return <RowsSkeleton rows={10} />
  if (query.isError) return <ErrorPage error={query.error} reset={() => void query.refetch()} />
  const events = query.data.pages.flatMap(page => page.items)
  if (events.length === 0) {
    return (
      <EmptyState icon={IconHistory} title={filtered ? audit.nothing : audit.nothingYet}>
        {filtered && (
          <Button variant="default" onClick={() => void navigate({ to: '/w/$workspace/audit', params: { workspace } })}>
            {audit.clear}
          </Button>
        )}
      </EmptyState>
    )
  }
  return (
    <>
      <AuditList events={events} names={names} />
      <LoadMore hasMore={query.hasNextPage} loading={query.isFetchingNextPage} load={query.fetchNextPage} />
    </>
  )
}
