import { Alert, Button, Code, CopyButton, Group, Stack } from '@mantine/core'
import { IconCheck, IconCopy, IconEyeOff } from '@tabler/icons-react'
import { Dialog } from '#web/feedback/dialog.tsx'
import { useMessages } from '#web/messages/language.ts'
import classes from './secret-modal.module.css'

/** Shows a secret the one time that there is one. */
export function SecretModal({
  title,
  hint,
  secret,
  onClose,
}: {
  title: string
  hint: string
  secret: string
  onClose: () => void
}) {
  const { actions } = useMessages()
  return (
    <Dialog onClose={onClose} title={title} closeOnClickOutside={false}>
      <Stack>
        <Alert variant="light" icon={<IconEyeOff size={18} />}>
          {hint}
        </Alert>
        <Code block className={classes.secret}>
          {secret}
        </Code>
        <Group justify="flex-end">
          <CopyButton value={secret}>
            {({ copied, copy }) => (
              <Button
                onClick={copy}
                leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
                data-autofocus
              >
                {copied ? actions.copied : actions.copy}
              </Button>
            )}
          </CopyButton>
          <Button variant="default" onClick={onClose}>
            {actions.close}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
