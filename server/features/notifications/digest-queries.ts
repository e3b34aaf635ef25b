import { type RawBuilder, sql } from 'kysely'
import { rhythmsOf } from '#server/features/notifications/morning.ts'

/** `m` reads digests: an active member, whose address is that of an account that somebody proved to be theirs. */
export const getsDigests = sql<boolean>`(m.active and m.account_id is not null and m.confirmed_at is not null)`

/** It is the turn of the member `m`, and that day's digest is not done. */
export function isTheirTurn(day: Temporal.PlainDate): RawBuilder<boolean> {
  return sql`(${getsDigests} and m.digest = any(${rhythmsOf(day)}::text[]) and m.digest_on < ${day.toString()}::date)`
}

/** The notification `n` of `m` is unread and was in no digest: in none at all, or in one of which no mail was made. */
export const isOpen = sql<boolean>`(n.read_at is null and n.digest_on > m.digest_on)`
