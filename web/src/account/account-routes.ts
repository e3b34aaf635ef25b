import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '#web/routes/root-route.tsx'
import { signedInRoute } from '#web/routes/signed-in-route.ts'

type Next = { next?: string }
const readNext = ({ next }: Record<string, unknown>): Next => (typeof next === 'string' ? { next } : {})

/**
 * `problem` is why somebody comes back from the sign-in of their organisation; `workspace` is whose it was. `after` is
 * what led here.
 */
type SignIn = Next & { problem?: string; workspace?: string; after?: 'reset' | 'deleted' }
const readSignIn = ({ problem, workspace, after, ...search }: Record<string, unknown>): SignIn => ({
  ...readNext(search),
  ...(after === 'reset' || after === 'deleted' ? { after } : {}),
  ...(typeof problem === 'string' ? { problem } : {}),
  ...(typeof workspace === 'string' ? { workspace } : {}),
})

const signIn = createRoute({
  getParentRoute: () => rootRoute,
  path: 'signin',
  validateSearch: readSignIn,
  component: lazyRouteComponent(() => import('#web/account/sign-in-page.tsx'), 'SignInPage'),
})

const organisation = createRoute({
  getParentRoute: () => rootRoute,
  path: 'signin/organisation',
  validateSearch: readSignIn,
  component: lazyRouteComponent(() => import('#web/account/organisation-page.tsx'), 'OrganisationPage'),
})

const resetPassword = createRoute({
  getParentRoute: () => rootRoute,
  path: 'reset-password',
  component: lazyRouteComponent(() => import('#web/account/reset-password-page.tsx'), 'ResetPasswordPage'),
})

const signUp = createRoute({
  getParentRoute: () => rootRoute,
  path: 'signup',
  component: lazyRouteComponent(() => import('#web/account/sign-up-page.tsx'), 'SignUpPage'),
})

const join = createRoute({
  getParentRoute: () => rootRoute,
  path: 'join/$workspace/$token',
  component: lazyRouteComponent(() => import('#web/account/join-page.tsx'), 'JoinPage'),
})

const unsubscribe = createRoute({
  getParentRoute: () => rootRoute,
  path: 'unsubscribe/$workspace/$token',
  component: lazyRouteComponent(() => import('#web/account/unsubscribe-page.tsx'), 'UnsubscribePage'),
})

const start = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  component: lazyRouteComponent(() => import('#web/account/start-page.tsx'), 'StartPage'),
})

const workspaces = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'workspaces',
  component: lazyRouteComponent(() => import('#web/account/workspaces-page.tsx'), 'WorkspacesPage'),
})

const newWorkspace = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'workspaces/new',
  component: lazyRouteComponent(() => import('#web/account/new-workspace-page.tsx'), 'NewWorkspacePage'),
})

const account = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'account',
  component: lazyRouteComponent(() => import('#web/account/account-frame.tsx'), 'AccountFrame'),
})

const profile = createRoute({
  getParentRoute: () => account,
  path: '/',
  component: lazyRouteComponent(() => import('#web/account/profile-page.tsx'), 'ProfilePage'),
})

const security = createRoute({
  getParentRoute: () => account,
  path: 'security',
  component: lazyRouteComponent(() => import('#web/account/security-page.tsx'), 'SecurityPage'),
})

const notifications = createRoute({
  getParentRoute: () => account,
  path: 'notifications',
  component: lazyRouteComponent(() => import('#web/account/notifications-page.tsx'), 'NotificationsPage'),
})

const activity = createRoute({
  getParentRoute: () => account,
  path: 'activity',
  component: lazyRouteComponent(() => import('#web/account/activity-page.tsx'), 'ActivityPage'),
})

export const accountRoutes = [signIn, organisation, resetPassword, signUp, join, unsubscribe]
export const signedInAccountRoutes = [
  start,
  workspaces,
  newWorkspace,
  account.addChildren([profile, notifications, security, activity]),
]
