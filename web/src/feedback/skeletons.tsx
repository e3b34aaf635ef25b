import { Skeleton, Stack } from '@mantine/core'
import { useMessages } from '#web/messages/language.ts'
import classes from './skeletons.module.css'

/** Rows of a list that is on its way. */
export function RowsSkeleton({ rows = 6 }: { rows?: number }) {
  const { feedback } = useMessages()
  return (
    <Stack gap="sm" aria-busy="true" aria-label={feedback.loading} role="status">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all the same.
        <Skeleton key={row} height={36} radius="md" />
      ))}
    </Stack>
  )
}

export function PageSkeleton() {
  return (
    <div className={classes.page}>
      <Skeleton height={28} width="14rem" mb="xl" />
      <RowsSkeleton />
    </div>
  )
}

export function ShellSkeleton() {
  return (
    <div className={classes.shell}>
      <div className={classes.sidebar}>
        <RowsSkeleton rows={8} />
      </div>
      <PageSkeleton />
    </div>
  )
}
