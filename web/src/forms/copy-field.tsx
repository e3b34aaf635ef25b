import { ActionIcon, CopyButton, TextInput, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useMessages } from '#web/messages/language.ts'

type Props = { label: string; value: string; description?: string; size?: 'xs' | 'sm' }

/** Something to be entered elsewhere, exactly so: selected at once, and copied by a button that says so. */
export function CopyField({ label, value, description, size = 'sm' }: Props) {
  const { actions } = useMessages()
  return (
    <TextInput
      label={label}
      description={description}
      size={size}
      value={value}
      readOnly
      onFocus={event => event.currentTarget.select()}
      rightSection={
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <>
              <ActionIcon variant="subtle" color="gray" onClick={copy} aria-label={actions.copyOf(label)}>
                {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              </ActionIcon>
              <VisuallyHidden role="status">{copied ? actions.copied : ''}</VisuallyHidden>
            </>
          )}
        </CopyButton>
      }
    />
  )
}
