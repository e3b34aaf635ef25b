import { sql } from 'kysely'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { digestLetters } from '#server/features/notifications/digest-letters.ts'
import { type Notification, notificationColumns } from '#server/features/notifications/notification.ts'
import { withTasks } from '#server/features/notifications/notification-queries.ts'
import { unsubscribePaths } from '#server/features/notifications/unsubscribe-token.ts'
import { ProblemError } from '#server/http/problems.ts'
import type { Language } from '#server/mail/language.ts'
import { writeLetter } from '#server/mail/letter.ts'
import { linkTo, nameInMail } from '#server/mail/link.ts'
import type { Mail } from '#server/mail/mail.ts'
import type { Services } from '#server/services.ts'

/** Whom a digest is for; without an address, none is written. */
export type Reader = { memberId: string; workspaceName: string; email: string | undefined; language: Language }

const mostRead = 1_000
const mostTasks = 20
const mostLines = 5
const longestTitle = 120

/** The digest of a day: what of it is still unread, and still readable. @returns nothing where nothing is left. */
export async function writeDigest(
  services: Services,
  workspace: WorkspaceAddress,
  day: Temporal.PlainDate,
  { memberId, workspaceName, email, language }: Reader,
): Promise<Mail | undefined> {
  if (!email) return undefined
  const { items, names } = await readUnread(services, workspace, memberId, day)
  const tasks = [...Map.groupBy(items, item => item.taskId)].flatMap(([taskId, about]) => (taskId ? [about] : []))
  if (tasks.length === 0) return undefined
  const words = digestLetters[language]
  const shown = tasks.slice(0, mostTasks).map(about => ({
    label: `${about[0]!.taskKey} ${nameInMail(about[0]!.taskTitle ?? '', longestTitle)}`,
    path: `/w/${workspace.slug}/tasks/${about[0]!.taskId}`,
    lines: linesOf(about, item => words.line(item, item.actorId && nameInMail(names.get(item.actorId) ?? ''))),
  }))
  const more = tasks.length - shown.length
  const { page, oneClick } = unsubscribePaths(services, workspace.id, memberId)
  const letter = {
    subject: words.subject(nameInMail(workspaceName), tasks.length),
    pieces: [
      words.opening(nameInMail(workspaceName)),
      { links: shown },
      ...(more > 0 ? [words.more(more)] : []),
      { button: words.open, path: `/w/${workspace.slug}` },
      { small: words.why, label: words.unsubscribe, path: page },
    ],
  }
  const mail = writeLetter(services.config, email, language, letter)
  return { ...mail, unsubscribeUrl: linkTo(services.config, oneClick) }
}

type Unread = { items: Notification[]; names: Map<string, string> }

async function readUnread(
  { workspaces }: Services,
  workspace: WorkspaceAddress,
  memberId: string,
  day: Temporal.PlainDate,
): Promise<Unread> {
  try {
    return await workspaces.read(workspace, { memberId }, async db => {
      const rows = await db
        .rows('notification')
        .where('notification.digest_on', '=', day.toString())
        .where('notification.read_at', 'is', null)
        .select(notificationColumns)
        .orderBy('notification.id', 'desc')
        .limit(mostRead)
        .execute()
      const items = await withTasks(db, rows)
      const people = await db
        .rows('member')
        .where('member.id', '=', sql<string>`any(${items.flatMap(item => item.actorId ?? [])}::uuid[])`)
        .select(['member.id', 'member.name'])
        .execute()
      return { items, names: new Map(people.map(({ id, name }) => [id, name])) }
    })
  } catch (error) {
    // Whoever is no active member any more hears of nothing.
    if (error instanceof ProblemError && error.status === 404) return { items: [], names: new Map() }
    throw error
  }
}

// What happened several times is one line that counts.
function linesOf(about: readonly Notification[], write: (item: Notification) => string): string[] {
  const counted = Map.groupBy(about.toReversed().map(write), line => line)
  const lines = [...counted].map(([line, { length }]) => (length > 1 ? `${line} (${length})` : line))
  return lines.length > mostLines ? [...lines.slice(0, mostLines - 1), '…'] : lines
}
