import { Button } from '@mantine/core'
import { IconMapQuestion } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { EmptyState } from '#web/feedback/empty-state.tsx'
import { useMessages } from '#web/messages/language.ts'

export function NotFoundPage() {
  const { feedback } = useMessages()
  return (
    <EmptyState icon={IconMapQuestion} title={feedback.notFound} hint={feedback.notFoundHint}>
      <Button component={Link} to="/" variant="default">
        {feedback.home}
      </Button>
    </EmptyState>
  )
}
