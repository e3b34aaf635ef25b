import { addSignOnDomain } from '#server/features/single-sign-on/add-sign-on-domain.ts'
import { connectSingleSignOn } from '#server/features/single-sign-on/connect-single-sign-on.ts'
import { disconnectSingleSignOn } from '#server/features/single-sign-on/disconnect-single-sign-on.ts'
import { finishSingleSignOn } from '#server/features/single-sign-on/finish-single-sign-on.ts'
import { getSingleSignOn } from '#server/features/single-sign-on/get-single-sign-on.ts'
import { listSignOnDomains } from '#server/features/single-sign-on/list-sign-on-domains.ts'
import { removeSignOnDomain } from '#server/features/single-sign-on/remove-sign-on-domain.ts'
import { startSingleSignOn } from '#server/features/single-sign-on/start-single-sign-on.ts'
import { verifySignOnDomain } from '#server/features/single-sign-on/verify-sign-on-domain.ts'
import type { Feature } from '#server/http/operation.ts'

export const singleSignOn: Feature = {
  name: 'single-sign-on',
  description: "Signing in with a workspace's own identity provider (OpenID Connect). It enters that workspace only.",
  operations: [
    startSingleSignOn,
    finishSingleSignOn,
    getSingleSignOn,
    connectSingleSignOn,
    disconnectSingleSignOn,
    listSignOnDomains,
    addSignOnDomain,
    verifySignOnDomain,
    removeSignOnDomain,
  ],
}
