import { ActionIcon, Button, Group, Text } from '@mantine/core'
import { IconPencil, IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Comment } from '#client'
import { api } from '#web/api.ts'
import { ConfirmModal } from '#web/forms/confirm-modal.tsx'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { keyIn } from '#web/queries/keys.ts'
import { type Scope, useMe } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { MarkdownText } from '#web/tasks/markdown.tsx'
import { MarkdownInput } from '#web/tasks/markdown-input.tsx'
import { PersonMark } from '#web/tasks/person-mark.tsx'
import { usePeople } from '#web/tasks/use-people.ts'
import classes from './comments.module.css'

export function CommentItem({ comment }: { comment: Comment }) {
  const { work, actions } = useMessages()
  const formats = useFormats()
  const people = usePeople()
  const workspace = useWorkspace()
  const client = useQueryClient()
  const { member, permissions } = useMe()
  const [editing, setEditing] = useState(false)
  const [deleting, setDeleting] = useState(false)
  const may = (scope: Scope) => (scope === 'own' ? comment.authorId === member.id : scope !== 'none')
  const author = comment.authorId ? people.nameOf(comment.authorId) : (comment.authorName ?? people.nameOf(null))
  const { id, version, body, createdAt, editedAt } = comment
  return (
    <li className={classes.comment}>
      <PersonMark member={people.find(comment.authorId)} id={comment.authorId ?? '?'} size={28} />
      <div className={classes.body}>
        <Group gap="xs" wrap="nowrap" justify="space-between">
          <Text size="sm">
            <b>{author}</b>{' '}
            <Text span size="xs" c="dimmed" title={formats.dateTime(createdAt)}>
              {formats.relative(createdAt)}
              {editedAt && ` · ${work.comments.edited}`}
            </Text>
          </Text>
          {!editing && (
            <Group gap={2} wrap="nowrap" className={classes.actions}>
              {may(permissions.comment.update) && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={work.comments.edit}
                  onClick={() => setEditing(true)}
                >
                  <IconPencil size={16} />
                </ActionIcon>
              )}
              {may(permissions.comment.delete) && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={work.comments.delete}
                  onClick={() => setDeleting(true)}
                >
                  <IconTrash size={16} />
                </ActionIcon>
              )}
            </Group>
          )}
        </Group>
        {editing ? <CommentEditor comment={comment} onDone={() => setEditing(false)} /> : <MarkdownText text={body} />}
      </div>
      {deleting && (
        <ConfirmModal
          title={work.comments.delete}
          text={work.comments.deleteHint}
          confirmLabel={actions.delete}
          act={() => api.deleteComment({ path: { workspace, comment: id }, ifMatch: `"${version}"` })}
          onDone={() => client.invalidateQueries({ queryKey: keyIn(workspace, 'comment') })}
          onClose={() => setDeleting(false)}
        />
      )}
    </li>
  )
}

function CommentEditor({ comment, onDone }: { comment: Comment; onDone: () => void }) {
  const { work, actions } = useMessages()
  const workspace = useWorkspace()
  const client = useQueryClient()
  const [body, setBody] = useState(comment.body)
  // The version that was there when the editing began: what somebody else saved since is not overwritten.
  const [version] = useState(comment.version)
  const save = useMutation({
    mutationFn: () =>
      api.updateComment({ path: { workspace, comment: comment.id }, body: { body }, ifMatch: `"${version}"` }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keyIn(workspace, 'comment') })
      onDone()
    },
  })
  const submit = () => (body.trim() && body !== comment.body ? save.mutate() : onDone())
  return (
    <>
      <MarkdownInput
        label={work.comments.edit}
        value={body}
        onChange={setBody}
        onSubmit={submit}
        onCancel={onDone}
        autoFocus
      />
      <Group justify="flex-end" gap="xs" mt="xs">
        <Button variant="default" size="xs" onClick={onDone}>
          {actions.cancel}
        </Button>
        <Button size="xs" onClick={submit} loading={save.isPending}>
          {actions.save}
        </Button>
      </Group>
    </>
  )
}
