import { Link } from '@tanstack/react-router'
import type { AuditEvent } from '#client'
import { EventProof } from '#web/audit/event-proof.tsx'
import { TextDifference } from '#web/audit/text-difference.tsx'
import type { Names } from '#web/audit/use-names.ts'
import { useValueText } from '#web/audit/use-value-text.ts'
import { useMessages } from '#web/messages/language.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import classes from './audit.module.css'

type Change = AuditEvent['changes'][string]

/** What changed, from → to, and what else the event says. */
export function AuditChanges({ event, names }: { event: AuditEvent; names: Names }) {
  const { audit } = useMessages()
  const fields: Record<string, string> = audit.fieldNames
  return (
    <div className={classes.details}>
      <dl className={classes.changes}>
        {shownChanges(event).map(([field, change]) => (
          <div key={field} className={classes.change}>
            <dt>{fields[field] ?? field}</dt>
            <dd>
              <Value field={field} change={change} names={names} />
            </dd>
          </div>
        ))}
      </dl>
      <EventFacts event={event} />
      <EventLinks event={event} />
    </div>
  )
}

// A tag or a person that came or went is told by its name; its id would only say it again.
function shownChanges({ action, changes }: AuditEvent): [string, Change][] {
  const isLink = /_(added|removed)$/.test(action) && changes.name !== undefined
  return Object.entries(changes).filter(([field]) => !(isLink && (field === 'tagId' || field === 'memberId')))
}

function Value({ field, change, names }: { field: string; change: Change; names: Names }) {
  const { audit } = useMessages()
  const textOf = useValueText(names)
  const { from, to, fromName, toName, erased } = change
  if (erased) return <em className={classes.from}>{audit.erased}</em>
  if (isLong(from) || isLong(to)) return <TextDifference from={String(from ?? '')} to={String(to ?? '')} />
  return (
    <>
      {from !== null && <del className={classes.from}>{fromName ?? textOf(field, from)}</del>}
      {from !== null && <span aria-hidden> → </span>}
      <ins className={classes.to}>{toName ?? textOf(field, to)}</ins>
    </>
  )
}

function isLong(value: unknown): boolean {
  return typeof value === 'string' && (value.length > 80 || value.includes('\n'))
}

/** Why, from where and through what it was done, as far as the event knows. */
function EventFacts({ event: { reason, address, job, tokenName, requestId, erased } }: { event: AuditEvent }) {
  const { audit } = useMessages()
  const jobs: Record<string, string> = audit.jobs
  const kept = (name: string, value: string | null) => value ?? (erased.includes(name) ? audit.erased : null)
  const facts = [
    [audit.reason, kept('reason', reason)],
    [audit.job, job && (jobs[job] ?? job)],
    [audit.token, kept('tokenName', tokenName)],
    [audit.address, kept('address', address)],
    [audit.request, requestId],
  ].filter((fact): fact is [string, string] => Boolean(fact[1]))
  return (
    <dl className={classes.eventFacts}>
      {facts.map(([name, value]) => (
        <div key={name} className={classes.change}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function EventLinks({ event }: { event: AuditEvent }) {
  const { audit, actions } = useMessages()
  const workspace = useWorkspace()
  const { entityId, tokenId, taskId, requestId, at } = event
  return (
    <p className={classes.more}>
      <Link to="/w/$workspace/audit" params={{ workspace }} search={{ entityId }}>
        {audit.only}
      </Link>
      {tokenId && (
        <Link to="/w/$workspace/audit" params={{ workspace }} search={{ token: tokenId }}>
          {audit.onlyToken}
        </Link>
      )}
      {requestId && (
        <Link to="/w/$workspace/audit" params={{ workspace }} search={{ request: requestId }}>
          {audit.onlyRequest}
        </Link>
      )}
      {taskId && event.action !== 'task.deleted' && (
        <Link to="/w/$workspace/tasks/$task" params={{ workspace, task: taskId }}>
          {actions.open}
        </Link>
      )}
      {taskId && (
        <Link
          to="/w/$workspace/tasks/$task/as-of"
          params={{ workspace, task: taskId }}
          // Of a deletion, the last moment before.
          search={{ at: event.action === 'task.deleted' ? new Date(Date.parse(at) - 1).toISOString() : at }}
        >
          {audit.asOfThis}
        </Link>
      )}
      <EventProof event={event} />
    </p>
  )
}
