import { Button, Group, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Task } from '#client'
import { api, newIdempotencyKey } from '#web/api.ts'
import { commentsQuery } from '#web/comments/comments-query.ts'
import { useMessages } from '#web/messages/language.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { MarkdownInput } from '#web/tasks/markdown-input.tsx'

export function CommentForm({ task }: { task: Task }) {
  const { work } = useMessages()
  const workspace = useWorkspace()
  const client = useQueryClient()
  const [body, setBody] = useState('')
  const last = useRef({ text: '', key: '' })
  const create = useMutation({
    mutationFn: (text: string) => {
      // The same for what is sent again after a failure, so that it is never there twice.
      if (text !== last.current.text) last.current = { text, key: newIdempotencyKey() }
      const path = { workspace, task: task.id }
      return api.createComment({ path, body: { body: text }, idempotencyKey: last.current.key })
    },
    onSuccess: comment => {
      last.current = { text: '', key: '' }
      setBody('')
      client.setQueryData(commentsQuery(workspace, task.id).queryKey, (known = []) => [...known, comment])
    },
  })
  const submit = () => {
    if (body.trim() && !create.isPending) create.mutate(body)
  }
  return (
    <div>
      <MarkdownInput
        label={work.comments.write}
        placeholder={work.comments.write}
        value={body}
        onChange={setBody}
        onSubmit={submit}
      />
      <Group justify="space-between" mt="xs">
        <Text size="xs" c="dimmed">
          {work.comments.hint}
        </Text>
        <Button size="xs" onClick={submit} loading={create.isPending} disabled={!body.trim()}>
          {work.comments.send}
        </Button>
      </Group>
    </div>
  )
}
