import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Task } from '#client'
import { CommentForm } from '#web/comments/comment-form.tsx'
import { CommentItem } from '#web/comments/comment-item.tsx'
import { commentsQuery } from '#web/comments/comments-query.ts'
import { RowsSkeleton } from '#web/feedback/skeletons.tsx'
import { useMessages } from '#web/messages/language.ts'
import { useCan } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import classes from './comments.module.css'

export function Comments({ task }: { task: Task }) {
  const { work } = useMessages()
  const { data: comments, isPending } = useQuery(commentsQuery(useWorkspace(), task.id))
  const mayWrite = useCan('comment', 'create')
  if (isPending) return <RowsSkeleton rows={3} />
  return (
    <div className={classes.comments}>
      {comments && comments.length > 0 ? (
        <ol className={classes.list} aria-label={work.comments.title}>
          {comments.map(comment => (
            <CommentItem key={comment.id} comment={comment} />
          ))}
        </ol>
      ) : (
        <Text c="dimmed">{work.comments.none}</Text>
      )}
      {mayWrite && <CommentForm task={task} />}
    </div>
  )
}
