import { useHotkeys } from '@mantine/hooks'
import type { RefObject } from 'react'

/** `j` and `k` walk through the lines of the log; Enter then opens one, as any button. */
export function useLineKeys(list: RefObject<HTMLElement | null>): void {
  const step = (by: number) => () => {
    const lines = [...(list.current?.querySelectorAll<HTMLElement>('[data-line]') ?? [])]
    const at = lines.findIndex(line => line.closest('li')?.contains(document.activeElement))
    const visible = lines.findIndex(line => line.getBoundingClientRect().top > 100)
    const next = lines[at === -1 ? Math.max(0, visible) : at + by]
    next?.focus()
    next?.scrollIntoView({ block: 'nearest' })
  }
  useHotkeys([
    ['j', step(1)],
    ['k', step(-1)],
  ])
}
