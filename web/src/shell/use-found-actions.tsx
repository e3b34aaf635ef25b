import { useDebouncedValue } from '@mantine/hooks'
import type { SpotlightActionGroupData } from '@mantine/spotlight'
import { IconMessage, IconSquareCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { SearchHit } from '#client'
import { useMessages } from '#web/messages/language.ts'
import { searchQuery } from '#web/queries/search.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

/** Tasks and comments in which the server finds the words. */
export function useFoundActions(words: string): SpotlightActionGroupData[] {
  const { shell } = useMessages()
  const navigate = useNavigate()
  const workspace = useWorkspace()
  const [settled] = useDebouncedValue(words, 150)
  const { data } = useQuery(searchQuery(workspace, settled))
  const hits = words.length > 1 ? (data?.items ?? []) : []
  const toAction = (hit: SearchHit) => ({
    id: `${hit.type}:${hit.id}`,
    label: `${hit.key} ${hit.title}`,
    description: hit.snippet || undefined,
    leftSection:
      hit.type === 'comment' ? <IconMessage size={18} stroke={1.7} /> : <IconSquareCheck size={18} stroke={1.7} />,
    onClick: () =>
      void (hit.taskId && navigate({ to: '/w/$workspace/tasks/$task', params: { workspace, task: hit.taskId } })),
  })
  return [
    { group: shell.tasks, actions: hits.filter(hit => hit.type === 'task').map(toAction) },
    { group: shell.comments, actions: hits.filter(hit => hit.type === 'comment').map(toAction) },
  ]
}
