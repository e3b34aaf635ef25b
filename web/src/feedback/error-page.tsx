import { Button, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { ApiProblem } from '#client'
import { EmptyState } from '#web/feedback/empty-state.tsx'
import { NotFoundPage } from '#web/feedback/not-found-page.tsx'
import { describeProblem } from '#web/forms/problem.ts'
import { useMessages } from '#web/messages/language.ts'

/** What stands where a page failed. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const { feedback, actions } = useMessages()
  const router = useRouter()
  const queries = useQueryErrorResetBoundary()
  if (error instanceof ApiProblem && error.status === 404) return <NotFoundPage />
  const retry = () => {
    queries.reset()
    reset()
    void router.invalidate()
  }
  const expected = error instanceof ApiProblem || error instanceof TypeError
  return (
    <EmptyState
      icon={IconAlertTriangle}
      title={expected ? describeProblem(error) : feedback.somethingWrong}
      hint={expected ? undefined : feedback.somethingWrongHint}
      role="alert"
    >
      <Button onClick={retry}>{actions.retry}</Button>
      {error instanceof ApiProblem && error.requestId && (
        <Text size="xs" c="dimmed" ff="monospace" mt="sm">
          {feedback.requestId(error.requestId)}
        </Text>
      )}
    </EmptyState>
  )
}
