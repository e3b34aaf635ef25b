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
        {Object.entries(event.changes).map(([field, { from, to, fromName, toName, erased }]) => (
          <div key={field} className={classes.change}>
            <dt>{fields[field] ?? field}</dt>
            <dd>
              {erased && <span className={classes.from}>{audit.erased}</span>}
              {!erased && from !== null && <del className={classes.from}>{fromName ?? textOf(field, from)}</del>}
              {!erased && from !== null && <span aria-hidden> → </span>}
              {!erased && <ins className={classes.to}>{toName ?? textOf(field, to)}</ins>}
            </dd>
          </div>
        ))}
      </dl>
      <EventFacts event={event} />
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
          <Link to="/w/$workspace/audit" params={{ workspace }} search={{ request: event.requestId }}>
            {audit.onlyRequest}
          </Link>
        )}
      </p>
    </div>
  )
}

/** Why, from where and through what it was done, as far as the event knows. */
function EventFacts({ event: { reason, address, job, tokenName, requestId } }: { event: AuditEvent }) {
  const { audit } = useMessages()
  const facts = [
    [audit.reason, reason],
    [audit.job, job],
    [audit.token, tokenName],
    [audit.address, address],
    [audit.request, requestId],
  ].filter((fact): fact is [string, string] => Boolean(fact[1]))
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name} className={classes.change}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
