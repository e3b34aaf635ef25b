import { Alert, Button, Group, Text } from '@mantine/core'
import { IconHistory, IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import type { Task } from '#client'
import { useMessages } from '#web/messages/language.ts'
import { Section } from '#web/tasks/details/section.tsx'
import { CompareDescriptions } from '#web/tasks/history/compare-descriptions.tsx'
import { MarkdownText } from '#web/tasks/markdown.tsx'
import { MarkdownInput } from '#web/tasks/markdown-input.tsx'
import type { ChangeTask } from '#web/tasks/use-change-task.ts'

/** The description, and its editor. Who edits while somebody else saves is shown the other text before theirs replaces it. */
export function TaskDescription({ task, change }: { task: Task; change: ChangeTask | undefined }) {
  const { work, actions } = useMessages()
  const [draft, setDraft] = useState<{ text: string; from: string }>()
  const [comparing, setComparing] = useState(false)
  const edit = () => setDraft({ text: task.description, from: task.description })
  const save = () => {
    if (!draft) return
    if (draft.text !== task.description) void change?.(task, { description: draft.text })
    setDraft(undefined)
  }
  if (!draft) {
    return (
      <Section
        title={work.task.fields.description}
        action={
          <Group gap="xs">
            <Button
              variant="subtle"
              color="gray"
              size="compact-sm"
              leftSection={<IconHistory size={15} />}
              onClick={() => setComparing(true)}
            >
              {work.history.versions.open}
            </Button>
            {change && (
              <Button
                variant="subtle"
                color="gray"
                size="compact-sm"
                leftSection={<IconPencil size={15} />}
                onClick={edit}
              >
                {actions.edit}
              </Button>
            )}
          </Group>
        }
      >
        {task.description ? (
          <MarkdownText text={task.description} />
        ) : (
          <Text c="dimmed">{work.task.noDescription}</Text>
        )}
        {comparing && <CompareDescriptions task={task} onClose={() => setComparing(false)} />}
      </Section>
    )
  }
  const overtaken = task.description !== draft.from
  return (
    <Section title={work.task.fields.description}>
      {overtaken && (
        <Alert color="orange" variant="light" title={work.task.overtaken}>
          <MarkdownText text={task.description} />
        </Alert>
      )}
      <MarkdownInput
        label={work.task.fields.description}
        value={draft.text}
        onChange={text => setDraft({ ...draft, text })}
        onSubmit={save}
        onCancel={() => setDraft(undefined)}
        minRows={6}
        autoFocus
      />
      <Group justify="space-between" gap="sm">
        <Text size="xs" c="dimmed">
          {work.task.markdownHint}
        </Text>
        <Group gap="sm">
          <Button variant="default" size="xs" onClick={() => setDraft(undefined)}>
            {actions.cancel}
          </Button>
          <Button size="xs" onClick={save}>
            {overtaken ? work.task.saveMine : actions.save}
          </Button>
        </Group>
      </Group>
    </Section>
  )
}
