import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Tag } from '#client'
import { tagsQuery } from '#web/queries/workspace.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

const none: Tag[] = []

/** The workspace's tags by their ids. */
export function useTags(): ReadonlyMap<string, Tag> {
  const { data: tags = none } = useQuery(tagsQuery(useWorkspace()))
  return useMemo(() => new Map(tags.map(tag => [tag.id, tag])), [tags])
}
