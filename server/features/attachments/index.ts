import { createAttachment } from '#server/features/attachments/create-attachment.ts'
import { deleteAttachment } from '#server/features/attachments/delete-attachment.ts'
import { getAttachment } from '#server/features/attachments/get-attachment.ts'
import { listAttachments } from '#server/features/attachments/list-attachments.ts'
import { readAttachmentContent } from '#server/features/attachments/read-attachment-content.ts'
import type { Feature } from '#server/http/operation.ts'

export const attachments: Feature = {
  name: 'attachments',
  description: 'Files on a task. Whoever may read the task may read them, bytes included.',
  operations: [listAttachments, createAttachment, getAttachment, readAttachmentContent, deleteAttachment],
}
