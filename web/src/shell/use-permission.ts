import { useSuspenseQuery } from '@tanstack/react-query'
import type { Permissions } from '#client'
import { meQuery } from '#web/queries/workspace.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

export type Resource = keyof Permissions
export type Action<R extends Resource> = keyof Permissions[R]
export type Scope = Permissions['task']['read']

/** How far the caller's role reaches: `none`, `own`, `project` or `all`. The server decides; this only hides buttons. */
export function usePermission<R extends Resource>(resource: R, action: Action<R>): Scope {
  return usePermissions()[resource][action] as Scope
}

/** Whether the caller may do it to anything at all. */
export function useCan<R extends Resource>(resource: R, action: Action<R>): boolean {
  return usePermission(resource, action) !== 'none'
}

export function usePermissions(): Permissions {
  return useMe().permissions
}

/** The caller as a member of the workspace. */
export function useMe() {
  return useSuspenseQuery(meQuery(useWorkspace())).data
}
