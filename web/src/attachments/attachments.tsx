import { Button, FileButton, Text } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Task } from '#client'
import { AttachmentItem } from '#web/attachments/attachment-item.tsx'
import { attachmentsQuery } from '#web/attachments/attachments-query.ts'
import { UploadItem } from '#web/attachments/upload-item.tsx'
import { useFileDrop } from '#web/attachments/use-file-drop.ts'
import { useUploads } from '#web/attachments/use-uploads.ts'
import { useMessages } from '#web/messages/language.ts'
import { useCan } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { Section } from '#web/tasks/details/section.tsx'
import classes from './attachments.module.css'

/** The files of a task; more arrive by button or by dropping them here. */
export function Attachments({ task }: { task: Task }) {
  const { work } = useMessages()
  const { data: attachments = [] } = useQuery(attachmentsQuery(useWorkspace(), task.id))
  const { uploads, add } = useUploads(task.id)
  const { zone, over } = useFileDrop(add)
  const mayAdd = useCan('attachment', 'create')
  if (!mayAdd && attachments.length === 0) return null
  const attach = mayAdd && (
    <FileButton onChange={files => add(files)} multiple>
      {props => (
        <Button {...props} variant="subtle" color="gray" size="compact-sm" leftSection={<IconPaperclip size={15} />}>
          {work.attachments.add}
        </Button>
      )}
    </FileButton>
  )
  return (
    <Section title={work.attachments.title} action={attach}>
      <div className={classes.zone} data-over={(mayAdd && over) || undefined} {...(mayAdd ? zone : {})}>
        <ul className={classes.list}>
          {attachments.map(attachment => (
            <AttachmentItem key={attachment.id} attachment={attachment} />
          ))}
          {uploads.map(upload => (
            <UploadItem key={upload.id} upload={upload} />
          ))}
        </ul>
        {mayAdd && attachments.length + uploads.length === 0 && (
          <Text c="dimmed" size="sm" p="sm">
            {work.attachments.drop}
          </Text>
        )}
      </div>
    </Section>
  )
}
