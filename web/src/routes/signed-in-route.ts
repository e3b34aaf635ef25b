import { createRoute, redirect } from '@tanstack/react-router'
import { speak } from '#web/messages/language.ts'
import { sessionQuery } from '#web/queries/session.ts'
import { rootRoute } from '#web/routes/root-route.tsx'

/** Everything below needs an account; without one, it leads to the sign-in page and back. */
export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery)
    if (!session) throw redirect({ to: '/signin', search: { next: location.href } })
    await speak(session.account.language)
    return { account: session.account }
  },
})
