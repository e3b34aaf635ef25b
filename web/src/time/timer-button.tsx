import { ActionIcon, Button, Popover } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconClockPlay, IconPlayerStopFilled } from '@tabler/icons-react'
import { useMessages } from '#web/messages/language.ts'
import { useCan } from '#web/shell/use-permission.ts'
import { RunningTime } from '#web/time/running-time.tsx'
import { TimerForm } from '#web/time/timer-form.tsx'
import { useTimer } from '#web/time/use-timer.ts'

/** The timer in the top bar, for those who may write time. */
export function TimerButton() {
  return useCan('time_entry', 'write') ? <Timer /> : null
}

function Timer() {
  const { work } = useMessages()
  const { running, stop, pending } = useTimer()
  const [opened, form] = useDisclosure()
  if (running) {
    return (
      <Button
        size="compact-md"
        variant="light"
        color="red"
        loading={pending}
        onClick={stop}
        leftSection={<IconPlayerStopFilled size={15} />}
        aria-label={work.time.stop}
        title={running.note || work.time.stop}
      >
        <RunningTime since={running.startedAt} />
      </Button>
    )
  }
  return (
    <Popover
      opened={opened}
      onChange={open => (open ? form.open() : form.close())}
      width={320}
      position="bottom-end"
      trapFocus
      shadow="md"
    >
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={work.time.start}
          title={work.time.start}
          onClick={form.toggle}
        >
          <IconClockPlay size={20} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <TimerForm onStarted={form.close} />
      </Popover.Dropdown>
    </Popover>
  )
}
