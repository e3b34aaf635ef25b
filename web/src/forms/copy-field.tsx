import { ActionIcon, CopyButton, Textarea, TextInput, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useMessages } from '#web/messages/language.ts'

type Props = { label: string; value: string; description?: string; size?: 'xs' | 'sm'; lines?: number }

/** Something to be entered elsewhere, exactly so: selected at once, and copied by a button that says so. */
export function CopyField({ label, value, description, size = 'sm', lines }: Props) {
  const shared = {
    ...{ label, description, size, value },
    readOnly: true,
    onFocus: (event: React.FocusEvent<HTMLInputElement | HTMLTextAreaElement>) => event.currentTarget.select(),
    rightSection: <Copy label={label} value={value} />,
  }
  if (lines === undefined) return <TextInput {...shared} />
  const inFixedWidth = { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.75rem' } }
  return <Textarea {...shared} rows={lines} styles={inFixedWidth} />
}

function Copy({ label, value }: Pick<Props, 'label' | 'value'>) {
  const { actions } = useMessages()
  return (
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
  )
}
