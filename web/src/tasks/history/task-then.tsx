import type { Task, TaskAsOf } from '#client'
import { useMessages } from '#web/messages/language.ts'
import { useFacts } from '#web/tasks/history/use-facts.ts'
import classes from './as-of.module.css'

/** What the task was besides words, and what of it is another today. */
export function TaskThen({ past, now }: { past: TaskAsOf; now: Task | undefined }) {
  const { asOf } = useMessages().work.history
  const facts = useFacts(past, now)
  return (
    <dl className={classes.facts}>
      {facts.map(({ field, label, was, is }) => {
        const isErased = past.erased.includes(field)
        return (
          <div key={field} className={classes.fact}>
            <dt>{label}</dt>
            <dd data-erased={isErased || undefined}>
              {isErased ? asOf.erased : was || <span className={classes.empty}>{asOf.empty}</span>}
              {!isErased && is !== undefined && is !== was && (
                <span className={classes.now}>{asOf.now(is || asOf.empty)}</span>
              )}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
