import { Button } from '@mantine/core'
import { IconPlayerStopFilled } from '@tabler/icons-react'
import { useMessages } from '#web/messages/language.ts'
import { RunningTime } from '#web/time/running-time.tsx'
import { useTimer } from '#web/time/use-timer.ts'

/** What the caller's time goes to right now. */
export function RunningTimer() {
  const { work } = useMessages()
  const { running, stop, pending } = useTimer()
  if (!running) return null
  return (
    <Button
      color="red"
      variant="light"
      loading={pending}
      onClick={stop}
      leftSection={<IconPlayerStopFilled size={15} />}
    >
      {running.note || work.time.stop}&nbsp;
      <RunningTime since={running.startedAt} />
    </Button>
  )
}
