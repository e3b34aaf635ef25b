import { UnstyledButton } from '@mantine/core'
import { useMemo, useState } from 'react'
import { differencesOf, folded, type Part } from '#web/audit/differences.ts'
import { useMessages } from '#web/messages/language.ts'
import classes from './text-difference.module.css'

type Props = { from: string; to: string }

/** Two texts as one, with what went struck out and what came marked; long stretches without a change are folded. */
export function TextDifference({ from, to }: Props) {
  const parts = useMemo(() => differencesOf(from, to), [from, to])
  const [all, setAll] = useState(false)
  const shown = all ? parts : folded(parts)
  return (
    <div className={classes.text}>
      {shown.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no other identity, and never change their order.
        <Piece key={index} of={part} onOpen={() => setAll(true)} />
      ))}
    </div>
  )
}

function Piece({ of: { kind, text }, onOpen }: { of: Part; onOpen: () => void }) {
  const { audit } = useMessages()
  if (kind === 'gone') return <del className={classes.gone}>{text}</del>
  if (kind === 'new') return <ins className={classes.new}>{text}</ins>
  if (kind === 'same') return <span>{text}</span>
  return (
    <UnstyledButton className={classes.gap} onClick={onOpen} aria-label={audit.unfold} title={audit.unfold}>
      …
    </UnstyledButton>
  )
}
