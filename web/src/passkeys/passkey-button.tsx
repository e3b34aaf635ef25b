import { Button, Stack } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { FormProblem } from '#web/forms/form-body.tsx'
import classes from './passkey-button.module.css'

type Props = {
  label: string
  pending: boolean
  /** Why it did not work. */
  problem: string | undefined
  onClick: () => void
  /** The first thing to do on the page. */
  first?: boolean
}

/** Asks the browser for a passkey. */
export function PasskeyButton({ label, pending, problem, onClick, first = false }: Props) {
  return (
    <Stack gap="sm">
      <FormProblem of={{ problem }} />
      <Button
        fullWidth
        variant={first ? 'filled' : 'default'}
        autoFocus={first}
        classNames={{ root: classes.root, label: classes.label }}
        leftSection={<IconKey size={18} stroke={1.6} />}
        loading={pending}
        onClick={onClick}
      >
        {label}
      </Button>
    </Stack>
  )
}
