import { ActionIcon, Text } from '@mantine/core'
import { IconFile, IconFileText, IconFileTypePdf, IconPhoto, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Attachment } from '#client'
import { api } from '#web/api.ts'
import { showSize } from '#web/attachments/size.ts'
import { ConfirmModal } from '#web/forms/confirm-modal.tsx'
import { useLanguage, useMessages } from '#web/messages/language.ts'
import { keyIn } from '#web/queries/keys.ts'
import { type Scope, useMe } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import classes from './attachments.module.css'

export function AttachmentItem({ attachment }: { attachment: Attachment }) {
  const { work, actions } = useMessages()
  const language = useLanguage()
  const workspace = useWorkspace()
  const client = useQueryClient()
  const { member, permissions } = useMe()
  const [deleting, setDeleting] = useState(false)
  const { id, name, mediaType, sizeBytes, version, creatorId } = attachment
  const scope: Scope = permissions.attachment.delete
  const mayDelete = scope === 'own' ? creatorId === member.id : scope !== 'none'
  const Mark = markOf(mediaType)
  return (
    <li className={classes.item}>
      <Mark size={20} stroke={1.6} aria-hidden />
      <a
        href={`/api/workspaces/${encodeURIComponent(workspace)}/attachments/${id}/content`}
        download={name}
        className={classes.name}
      >
        {name}
      </a>
      <Text size="xs" c="dimmed" className={classes.facts}>
        {showSize(sizeBytes, language)} · {mediaType}
      </Text>
      {mayDelete && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={work.attachments.delete(name)}
          onClick={() => setDeleting(true)}
        >
          <IconTrash size={16} />
        </ActionIcon>
      )}
      {deleting && (
        <ConfirmModal
          title={work.attachments.delete(name)}
          text={work.attachments.deleteHint}
          confirmLabel={actions.delete}
          act={() => api.deleteAttachment({ path: { workspace, attachment: id }, ifMatch: `"${version}"` })}
          onDone={() => client.invalidateQueries({ queryKey: keyIn(workspace, 'attachment') })}
          onClose={() => setDeleting(false)}
        />
      )}
    </li>
  )
}

function markOf(mediaType: string) {
  if (mediaType.startsWith('image/')) return IconPhoto
  if (mediaType === 'application/pdf') return IconFileTypePdf
  return mediaType.startsWith('text/') ? IconFileText : IconFile
}
