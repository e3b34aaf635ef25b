import { IconAlertTriangle, IconClockHour4, IconLock, IconShieldCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { AuditStatus, Workspace } from '#client'
import { keptFor } from '#web/audit/kept-for.ts'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { auditStatusQuery } from '#web/queries/audit.ts'
import { workspaceQuery } from '#web/queries/workspace.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import classes from './audit.module.css'

/** Where the history stands: sealed and signed, and for how long it is kept. */
export function AuditStanding() {
  const { audit } = useMessages()
  const { number, dateTime } = useFormats()
  const workspace = useWorkspace()
  const { data: status } = useQuery(auditStatusQuery(workspace))
  const { data: settings } = useQuery(workspaceQuery(workspace))
  return (
    <section className={classes.standing} aria-label={audit.standing.title} aria-busy={!status}>
      {status && (
        <p>
          <State of={status} />{' '}
          <span className={classes.from}>
            {audit.proof.sealed(number(status.sealedSize), status.sealedSize)}{' '}
            {status.checkpoint
              ? audit.proof.signed(dateTime(status.checkpoint.createdAt), number(status.checkpoint.size))
              : audit.proof.unsigned}
          </span>
        </p>
      )}
      {settings && <Kept of={settings} />}
    </section>
  )
}

/** In a word or two. What has just begun is sealed, and not signed yet. */
export function State({ of: { state, checkpoint } }: { of: Pick<AuditStatus, 'state' | 'checkpoint'> }) {
  const { audit } = useMessages()
  const Icon = { ok: IconShieldCheck, behind: IconClockHour4, inconsistent: IconAlertTriangle }[state]
  return (
    <span className={classes.state} data-state={state} role="status">
      <Icon size={18} stroke={1.8} aria-hidden />
      {audit.proof.states[state === 'ok' && !checkpoint ? 'sealed' : state]}
    </span>
  )
}

function Kept({ of }: { of: Workspace }) {
  const { audit } = useMessages()
  const { date } = useFormats()
  const { auditRetentionDays: days, auditRetentionShrinksAt: at, auditRetentionShrinksTo: to, legalHold } = of
  return (
    <p>
      {legalHold && (
        <>
          <span className={classes.state}>
            <IconLock size={18} stroke={1.8} aria-hidden />
            {audit.standing.held}
          </span>{' '}
        </>
      )}
      <span className={classes.from}>
        {keptFor(audit, days)}
        {at && to !== null && ` ${audit.standing.shrinks(date(at), to)}`}
      </span>
    </p>
  )
}
