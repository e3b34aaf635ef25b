import { createProof } from '#server/features/sessions/create-proof.ts'
import { endOtherSessions } from '#server/features/sessions/end-other-sessions.ts'
import { endSession } from '#server/features/sessions/end-session.ts'
import { getSession } from '#server/features/sessions/get-session.ts'
import { listSessions } from '#server/features/sessions/list-sessions.ts'
import { signIn } from '#server/features/sessions/sign-in.ts'
import { signOut } from '#server/features/sessions/sign-out.ts'
import type { Feature } from '#server/http/operation.ts'

export const sessions: Feature = {
  name: 'sessions',
  description: 'Signing in, and where you are signed in.',
  operations: [signIn, getSession, signOut, listSessions, endSession, endOtherSessions, createProof],
}
