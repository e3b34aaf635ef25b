import { subkey } from '#server/crypto/derive.ts'
import { signValue, verifyValue } from '#server/crypto/sign.ts'
import type { Services } from '#server/services.ts'

const purpose = 'digest-unsubscription'

/** Where a member ends their digests without signing in: the page, and the address for mail programs (RFC 8058). */
export function unsubscribePaths(
  services: Services,
  workspaceId: string,
  memberId: string,
): { page: string; oneClick: string } {
  const token = signValue(keyOf(services, workspaceId), purpose, memberId)
  return {
    page: `/unsubscribe/${workspaceId}/${token}`,
    oneClick: `/api/digest-unsubscriptions/${workspaceId}/${token}`,
  }
}

/** The member that the token was made for in that workspace, and in no other. */
export function readUnsubscribeToken(services: Services, workspaceId: string, token: string): string | undefined {
  return verifyValue(keyOf(services, workspaceId), purpose, token)
}

// The workspace's own key: a link in an old mail is good for as long as the workspace is.
function keyOf({ workspaceKeys }: Services, workspaceId: string): Buffer {
  return subkey(workspaceKeys.get(workspaceId), purpose).export()
}
