import { Badge, Button } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { EmptyState } from '#web/feedback/empty-state.tsx'
import { importsQuery } from '#web/imports/import-queries.ts'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { Page } from '#web/shell/page.tsx'
import { ListRow, Rows } from '#web/shell/rows.tsx'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { LoadMore } from '#web/tasks/load-more.tsx'
import { usePeople } from '#web/tasks/use-people.ts'

const colors = { waiting: 'gray', running: 'blue', done: 'green', failed: 'red' } as const

/** The imports there were. */
export function ImportsPage() {
  const { work } = useMessages()
  const formats = useFormats()
  const people = usePeople()
  const workspace = useWorkspace()
  const navigate = useNavigate()
  const imports = useSuspenseInfiniteQuery(importsQuery(workspace))
  const all = imports.data.pages.flatMap(page => page.items)
  const start = (
    <Button
      leftSection={<IconFileImport size={16} />}
      onClick={() => void navigate({ to: '/w/$workspace/imports/new', params: { workspace } })}
    >
      {work.imports.start}
    </Button>
  )
  return (
    <Page title={work.imports.title} lead={work.imports.lead} actions={all.length > 0 && start}>
      {all.length === 0 ? (
        <EmptyState icon={IconFileImport} title={work.imports.none} hint={work.imports.formatsHint}>
          {start}
        </EmptyState>
      ) : (
        <Rows>
          {all.map(({ id, fileName, status, memberId, createdAt, doneCount }) => (
            <ListRow
              key={id}
              icon={<IconFileImport size={20} stroke={1.6} aria-hidden />}
              title={
                <Link to="/w/$workspace/imports/$import" params={{ workspace, import: id }}>
                  {fileName}
                </Link>
              }
              facts={`${people.nameOf(memberId)} · ${formats.dateTime(createdAt)} · ${work.imports.rows(doneCount)}`}
            >
              <Badge variant="light" color={colors[status]}>
                {work.imports.states[status]}
              </Badge>
            </ListRow>
          ))}
        </Rows>
      )}
      <LoadMore hasMore={imports.hasNextPage} loading={imports.isFetchingNextPage} load={imports.fetchNextPage} />
    </Page>
  )
}
