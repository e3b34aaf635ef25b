import { Button, Text } from '@mantine/core'
import { IconArrowBackUp, IconClockHour4 } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { ApiProblem, type Task, type TaskAsOf } from '#client'
import { EmptyState } from '#web/feedback/empty-state.tsx'
import { ErrorPage } from '#web/feedback/error-page.tsx'
import { RowsSkeleton } from '#web/feedback/skeletons.tsx'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { taskQuery } from '#web/queries/tasks.ts'
import { Page } from '#web/shell/page.tsx'
import { AsOfBar } from '#web/tasks/history/as-of-bar.tsx'
import { DescriptionThen } from '#web/tasks/history/description-then.tsx'
import { taskAsOfQuery, taskChangesQuery } from '#web/tasks/history/history-queries.ts'
import { TaskThen } from '#web/tasks/history/task-then.tsx'
import classes from './as-of.module.css'

/** A task as it was at a moment, which stands in the address; also of one that is deleted. */
export function AsOfPage() {
  const { work } = useMessages()
  const { dateTime } = useFormats()
  const { workspace, task: id } = useParams({ from: '/signed-in/w/$workspace/tasks/$task/as-of' })
  const search = useSearch({ from: '/signed-in/w/$workspace/tasks/$task/as-of' })
  const navigate = useNavigate()
  const { data: now } = useQuery(taskQuery(workspace, id))
  const { data: events = [] } = useQuery(taskChangesQuery(workspace, id))
  const moments = [...new Set(events.filter(({ entity }) => entity === 'task').map(({ at }) => at))].sort()
  const at = search.at ?? moments.at(-1)
  const found = useQuery({
    ...taskAsOfQuery(workspace, id, at ?? ''),
    enabled: at !== undefined,
    placeholderData: keepPreviousData,
  })
  const show = (moment: string) =>
    void navigate({ to: '.', search: { at: moment }, replace: search.at !== undefined, resetScroll: false })
  const { asOf } = work.history
  return (
    <Page
      title={found.data?.title ?? asOf.title}
      lead={at && asOf.lead(dateTime(at))}
      actions={
        now && (
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={18} stroke={1.6} />}
            renderRoot={props => <Link to="/w/$workspace/tasks/$task" params={{ workspace, task: id }} {...props} />}
          >
            {asOf.today}
          </Button>
        )
      }
    >
      {at && <AsOfBar at={at} moments={moments} onMoment={show} />}
      {found.isError ? (
        <Unknown error={found.error} onMoment={show} />
      ) : found.data ? (
        <Then past={found.data} now={now} />
      ) : (
        <RowsSkeleton rows={6} />
      )}
    </Page>
  )
}

function Then({ past, now }: { past: TaskAsOf; now: Task | undefined }) {
  const { asOf } = useMessages().work.history
  const { dateTime } = useFormats()
  return (
    <div className={classes.columns}>
      <div className={classes.main}>
        <Text size="sm" c="dimmed">
          {[
            past.key,
            past.changedAt && asOf.changedAt(dateTime(past.changedAt)),
            past.deletedAt && asOf.gone(dateTime(past.deletedAt)),
          ]
            .filter(Boolean)
            .join(' · ')}
        </Text>
        <DescriptionThen past={past} now={now} />
      </div>
      <TaskThen past={past} now={now} />
    </div>
  )
}

/** There was no such task, or nobody can tell any more. */
function Unknown({ error, onMoment }: { error: Error; onMoment: (at: string) => void }) {
  const { asOf } = useMessages().work.history
  const { dateTime } = useFormats()
  if (!(error instanceof ApiProblem)) return <ErrorPage error={error} reset={() => location.reload()} />
  const { knownFrom } = error.body
  if (error.code === 'no-longer-kept' && typeof knownFrom === 'string') {
    return (
      <EmptyState icon={IconClockHour4} title={asOf.notKept} hint={asOf.notKeptHint(dateTime(knownFrom))}>
        <Button variant="default" onClick={() => onMoment(knownFrom)}>
          {asOf.fromThen}
        </Button>
      </EmptyState>
    )
  }
  if (error.status === 404) return <EmptyState icon={IconClockHour4} title={asOf.notYet} hint={asOf.notYetHint} />
  return <ErrorPage error={error} reset={() => location.reload()} />
}
