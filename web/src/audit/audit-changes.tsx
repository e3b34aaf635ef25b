import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { AuditEvent } from '#client'
import type { Names } from '#web/audit/use-names.ts'
import { useValueText } from '#web/audit/use-value-text.ts'
import { useMessages } from '#web/messages/language.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import classes from './audit.module.css'

/** What changed, from → to. */
export function AuditChanges({ event, names }: { event: AuditEvent; names: Names }) {
  const { audit, actions } = useMessages()
  const workspace = useWorkspace()
  const textOf = useValueText(names)
  const fields: Record<string, string> = audit.fieldNames
  return (
    <div className={classes.details}>
      <dl className={classes.changes}>
        {Object.entries(event.changes).map(([field, { from, to }]) => (
          <div key={field} className={classes.change}>
            <dt>{fields[field] ?? field}</dt>
            <dd>
              {from !== null && <del className={classes.from}>{textOf(field, from)}</del>}
              {from !== null && <span aria-hidden> → </span>}
              <ins className={classes.to}>{textOf(field, to)}</ins>
            </dd>
          </div>
        ))}
      </dl>
      <p className={classes.more}>
        <Link to="/w/$workspace/audit" params={{ workspace }} search={{ entityId: event.entityId }}>
          {audit.only}
        </Link>
        {event.tokenId && (
          <Link to="/w/$workspace/audit" params={{ workspace }} search={{ token: event.tokenId }}>
            {audit.onlyToken}
          </Link>
        )}
        {event.taskId && (
          <Anchor
            inherit
            renderRoot={props => (
              <Link to="/w/$workspace/tasks/$task" params={{ workspace, task: event.taskId! }} {...props} />
            )}
          >
            {actions.open}
          </Anchor>
        )}
        {event.requestId && (
          <span>
            {audit.request} <code>{event.requestId}</code>
          </span>
        )}
      </p>
    </div>
  )
}
