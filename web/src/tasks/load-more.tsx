import { Button } from '@mantine/core'
import { useIntersection } from '@mantine/hooks'
import { useEffect } from 'react'
import { useMessages } from '#web/messages/language.ts'

type Props = { hasMore: boolean; loading: boolean; load: () => void }

/** The end of what is loaded: coming near loads more, and so does the button. */
export function LoadMore({ hasMore, loading, load }: Props) {
  const { actions } = useMessages()
  const { ref, entry } = useIntersection({ rootMargin: '600px' })
  const near = entry?.isIntersecting ?? false
  // An effect: scrolling is what asks for more.
  useEffect(() => {
    if (near && hasMore && !loading) load()
  }, [near, hasMore, loading, load])
  if (!hasMore) return null
  return (
    <Button ref={ref} variant="subtle" loading={loading} onClick={load} fullWidth>
      {actions.more}
    </Button>
  )
}
