import { Button, Group, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { Task, TaskAsOf } from '#client'
import { TextDifference } from '#web/audit/text-difference.tsx'
import { useMessages } from '#web/messages/language.ts'
import { Section } from '#web/tasks/details/section.tsx'
import { useRestoreDescription } from '#web/tasks/history/use-restore-description.ts'
import { MarkdownText } from '#web/tasks/markdown.tsx'
import { useMayChange } from '#web/tasks/use-may.ts'

/** The description of then; where today's is another, what changed since, and the way back. */
export function DescriptionThen({ past, now }: { past: TaskAsOf; now: Task | undefined }) {
  const { work } = useMessages()
  const { asOf, versions } = work.history
  const mayChange = useMayChange()
  const [comparing, { toggle }] = useDisclosure()
  const restore = useRestoreDescription(now)
  const { description: text } = past
  const differs = now !== undefined && text !== null && text !== now.description
  return (
    <Section
      title={work.task.fields.description}
      action={
        differs && (
          <Group gap="xs" justify="flex-end">
            <Button variant="subtle" color="gray" size="compact-sm" aria-expanded={comparing} onClick={toggle}>
              {asOf.difference}
            </Button>
            {mayChange(now) && (
              <Button
                variant="light"
                size="compact-sm"
                loading={restore.isPending}
                onClick={() => restore.mutate({ text, at: past.at })}
              >
                {versions.restore}
              </Button>
            )}
          </Group>
        )
      }
    >
      {text === null && <Text c="dimmed">{asOf.erased}</Text>}
      {text === '' && <Text c="dimmed">{work.task.noDescription}</Text>}
      {text && !(comparing && differs) && <MarkdownText text={text} />}
      {comparing && differs && <TextDifference from={text} to={now.description} />}
    </Section>
  )
}
