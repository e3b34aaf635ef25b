import { Alert, Button, Checkbox, CopyButton, Group, Stack, Text } from '@mantine/core'
import { IconCheck, IconCopy, IconDownload, IconEyeOff, IconPrinter } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Dialog } from '#web/feedback/dialog.tsx'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { sessionQuery } from '#web/queries/session.ts'
import classes from './recovery-codes.module.css'

/** Recovery codes, the one time that they are shown: it closes once somebody says that they have kept them. */
export function RecoveryCodesDialog({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const { actions, security } = useMessages()
  const words = security.codes
  const { date } = useFormats()
  const email = useSuspenseQuery(sessionQuery).data?.account.email ?? ''
  const [kept, setKept] = useState(false)
  const heading = words.heading(email, date(new Date().toISOString()))
  const text = [heading, '', ...codes, ''].join('\n')
  return (
    <Dialog
      onClose={onKept}
      title={words.title}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <Stack>
        <Alert variant="light" icon={<IconEyeOff size={18} />}>
          {words.once}
        </Alert>
        <div className={classes.sheet}>
          <Text size="sm" c="dimmed">
            {heading}
          </Text>
          <ol className={classes.codes} aria-label={words.title}>
            {codes.map(code => (
              <li key={code}>{code}</li>
            ))}
          </ol>
        </div>
        <Group gap="xs">
          <CopyButton value={text}>
            {({ copied, copy }) => (
              <Button
                variant="default"
                leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
                onClick={copy}
                data-autofocus
              >
                {copied ? actions.copied : actions.copy}
              </Button>
            )}
          </CopyButton>
          <Button variant="default" leftSection={<IconDownload size={16} />} onClick={() => download(text)}>
            {words.download}
          </Button>
          <Button variant="default" leftSection={<IconPrinter size={16} />} onClick={() => print()}>
            {words.print}
          </Button>
        </Group>
        <Checkbox label={words.kept} checked={kept} onChange={event => setKept(event.currentTarget.checked)} />
        <Group justify="flex-end">
          <Button disabled={!kept} onClick={onKept}>
            {words.done}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}

function download(text: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  link.download = 'kontor-recovery-codes.txt'
  link.click()
  URL.revokeObjectURL(link.href)
}
