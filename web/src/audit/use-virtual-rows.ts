import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useLayoutEffect, useState } from 'react'
import type { Row } from '#web/audit/audit-list.tsx'

/**
 * Which rows are to be in the page, and how much room those above and below take. The heading of the day that is read
 * is always the first, so that it can stay at the top.
 */
export function useVirtualRows(rows: readonly Row[], list: RefObject<HTMLElement | null>) {
  const [top, setTop] = useState(0)
  // What stands above the list can grow and shrink with every render. The same number again is no render.
  useLayoutEffect(() => {
    if (list.current) setTop(Math.round(list.current.getBoundingClientRect().top + window.scrollY))
  })
  const headingOf = (index: number) => {
    let at = Math.min(index, rows.length - 1)
    while (at > 0 && !('day' in rows[at]!)) at--
    return at
  }
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: index => ('day' in rows[index]! ? 48 : 38),
    getItemKey: index => rows[index]!.key,
    scrollMargin: top,
    overscan: 15,
    rangeExtractor: range =>
      [...new Set([headingOf(range.startIndex), ...defaultRangeExtractor(range)])].sort((a, b) => a - b),
  })
  const items = virtualizer.getVirtualItems()
  const [heading, second] = items
  // A heading from further up is drawn before the room that it stands in.
  const isApart = heading && second && second.index !== heading.index + 1
  const first = isApart ? second : heading
  return {
    shown: items.map(({ index }) => index),
    above: first ? first.start - top - (isApart ? heading.size : 0) : 0,
    below: virtualizer.getTotalSize() - ((items.at(-1)?.end ?? top) - top),
    measure: virtualizer.measureElement,
  }
}
