import { ActionIcon, Slider, TextInput } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { endOfMinute, toLocalTime } from '#web/tasks/history/brussels-time.ts'
import classes from './as-of.module.css'

type Props = { at: string; moments: readonly string[]; onMoment: (at: string) => void }

/** Chooses the moment: from change to change, or by date and time. `moments` are those of the changes, oldest first. */
export function AsOfBar({ at, moments, onMoment }: Props) {
  const { asOf } = useMessages().work.history
  const index = moments.findLastIndex(moment => Date.parse(moment) <= Date.parse(at))
  const go = (to: number) => moments[to] !== undefined && onMoment(moments[to])
  return (
    <div className={classes.bar}>
      <MomentInput key={at} at={at} onMoment={onMoment} />
      {moments.length > 1 && (
        <div className={classes.steps}>
          <ActionIcon
            variant="default"
            size="lg"
            aria-label={asOf.earlier}
            title={asOf.earlier}
            disabled={index <= 0}
            onClick={() => go(index - 1)}
          >
            <IconChevronLeft size={18} />
          </ActionIcon>
          <Steps key={index} index={Math.max(0, index)} moments={moments} onStep={go} />
          <ActionIcon
            variant="default"
            size="lg"
            aria-label={asOf.later}
            title={asOf.later}
            disabled={index >= moments.length - 1}
            onClick={() => go(index + 1)}
          >
            <IconChevronRight size={18} />
          </ActionIcon>
        </div>
      )}
    </div>
  )
}

type StepsProps = { index: number; moments: readonly string[]; onStep: (to: number) => void }

function Steps({ index, moments, onStep }: StepsProps) {
  const { asOf } = useMessages().work.history
  const { dateTime } = useFormats()
  const [held, setHeld] = useState(index)
  const label = (value: number) => dateTime(moments[value] ?? moments[0]!)
  return (
    <Slider
      className={classes.slider}
      min={0}
      max={moments.length - 1}
      value={held}
      label={label}
      thumbLabel={asOf.slider}
      thumbProps={{ 'aria-valuetext': label(held) }}
      onChange={setHeld}
      onChangeEnd={onStep}
    />
  )
}

function MomentInput({ at, onMoment }: Pick<Props, 'at' | 'onMoment'>) {
  const { asOf } = useMessages().work.history
  const shown = toLocalTime(at)
  // Taken on leaving it or with Enter: a date is typed digit by digit, and each of them is one.
  const take = (local: string) => {
    const moment = local === shown ? undefined : endOfMinute(local)
    if (moment) onMoment(moment)
  }
  return (
    <TextInput
      type="datetime-local"
      label={asOf.moment}
      defaultValue={shown}
      max={toLocalTime(new Date().toISOString())}
      onBlur={event => take(event.currentTarget.value)}
      onKeyDown={event => event.key === 'Enter' && take(event.currentTarget.value)}
    />
  )
}
