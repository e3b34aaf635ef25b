import { useHotkeys } from '@mantine/hooks'
import type { RefObject } from 'react'

/** `j` and `k` walk through the tasks of a list; Enter then opens one, as on any link. `c` begins a new task. */
export function useRowKeys(list: RefObject<HTMLElement | null>, adding: RefObject<HTMLElement | null>): void {
  const step = (by: number) => () => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>('[data-task-link]') ?? [])]
    const row = document.activeElement?.closest('li')
    const at = links.findIndex(link => row?.contains(link))
    const next = links[at === -1 ? (by > 0 ? 0 : links.length - 1) : at + by]
    next?.focus()
    next?.scrollIntoView({ block: 'nearest' })
  }
  useHotkeys([
    ['j', step(1)],
    ['k', step(-1)],
    ['c', () => adding.current?.focus()],
  ])
}
