import type { WorkspaceKeys } from '#server/keys/workspace-keys.ts'

/** Of the workspaces that have a key of their own, those whose key's file is missing or does not open. */
export function findLostKeys<W extends { id: string }>(withKey: readonly W[], workspaceKeys: WorkspaceKeys): W[] {
  return withKey.filter(({ id }) => {
    try {
      workspaceKeys.get(id)
      return false
    } catch {
      return true
    }
  })
}
