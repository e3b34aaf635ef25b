import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Task } from '#client'
import { TextDifference } from '#web/audit/text-difference.tsx'
import { Dialog } from '#web/feedback/dialog.tsx'
import { RowsSkeleton } from '#web/feedback/skeletons.tsx'
import { FormProblem } from '#web/forms/form-body.tsx'
import { describeProblem } from '#web/forms/problem.ts'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { type Version, versionsOf } from '#web/tasks/history/description-versions.ts'
import { taskChangesQuery } from '#web/tasks/history/history-queries.ts'
import { useRestoreDescription } from '#web/tasks/history/use-restore-description.ts'
import { useMayChange } from '#web/tasks/use-may.ts'

type Props = { task: Task; first?: string | undefined; onClose: () => void }

/** The descriptions that a task had: each compared with today's, and restored by whoever may change it. */
export function CompareDescriptions({ task, first, onClose }: Props) {
  const { work } = useMessages()
  const { data: events, error } = useQuery(taskChangesQuery(useWorkspace(), task.id))
  return (
    <Dialog onClose={onClose} size="xl" title={work.history.versions.title}>
      {error && <FormProblem of={{ problem: describeProblem(error) }} />}
      {!error && !events && <RowsSkeleton rows={4} />}
      {events && <Compare task={task} versions={versionsOf(events, task.description)} first={first} onDone={onClose} />}
    </Dialog>
  )
}

type CompareProps = { task: Task; versions: Version[]; first: string | undefined; onDone: () => void }

function Compare({ task, versions, first, onDone }: CompareProps) {
  const { work, fields } = useMessages()
  const { versions: words, system } = work.history
  const { dateTime } = useFormats()
  const mayChange = useMayChange()(task)
  const [chosen, setChosen] = useState(first)
  const restore = useRestoreDescription(task, onDone)
  const version = versions.find(({ id }) => id === chosen) ?? versions[0]
  if (!version) return <Text>{words.none}</Text>
  const label = ({ at, memberName, isFirst }: Version) =>
    isFirst ? words.first(dateTime(at)) : words.of(dateTime(at), memberName ?? system)
  return (
    <Stack gap="md">
      <NativeSelect
        label={words.version}
        data={versions.map(each => ({ value: each.id, label: label(each) }))}
        value={version.id}
        onChange={event => setChosen(event.currentTarget.value)}
        data-autofocus
      />
      <TextDifference key={version.id} from={version.text} to={task.description} />
      <Group justify="space-between" gap="sm">
        <Text size="xs" c="dimmed">
          {words.hint}
        </Text>
        {mayChange && (
          <Button
            loading={restore.isPending}
            onClick={() => restore.mutate({ text: version.text, at: version.at })}
            aria-label={`${words.restore}: ${fields.description}, ${label(version)}`}
          >
            {words.restore}
          </Button>
        )}
      </Group>
    </Stack>
  )
}
