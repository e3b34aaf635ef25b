import { Attachment } from '#server/features/attachments/attachment.ts'
import { requireAttachment } from '#server/features/attachments/attachment-queries.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const getAttachment = operation({
  id: 'getAttachment',
  summary: 'Read what is known of an attachment',
  route: 'GET /api/workspaces/:workspace/attachments/:attachment',
  needs: { resource: 'attachment', action: 'read' },
  params: inWorkspace('attachment'),
  returns: Attachment,
  run: ({ db, params }) => requireAttachment(db, params.attachment),
})
