import { ActionIcon, Progress, Text } from '@mantine/core'
import { IconFileUpload, IconX } from '@tabler/icons-react'
import type { UploadState } from '#web/attachments/use-uploads.ts'
import { useMessages } from '#web/messages/language.ts'
import classes from './attachments.module.css'

export function UploadItem({ upload }: { upload: UploadState }) {
  const { actions } = useMessages()
  const { name, share, problem, stop } = upload
  return (
    <li className={classes.item}>
      <IconFileUpload size={20} stroke={1.6} aria-hidden />
      <span className={classes.name}>{name}</span>
      {problem ? (
        <Text size="xs" c="red" role="alert" className={classes.facts}>
          {problem}
        </Text>
      ) : (
        <Progress value={share * 100} aria-label={name} className={classes.progress} />
      )}
      <ActionIcon variant="subtle" color="gray" aria-label={actions.cancel} onClick={stop}>
        <IconX size={16} />
      </ActionIcon>
    </li>
  )
}
