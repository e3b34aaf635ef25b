import { createPasskey } from '#server/features/passkeys/create-passkey.ts'
import { createPasskeyOptions } from '#server/features/passkeys/create-passkey-options.ts'
import { createProofOptions } from '#server/features/passkeys/create-proof-options.ts'
import { createSignInOptions } from '#server/features/passkeys/create-sign-in-options.ts'
import { deletePasskey } from '#server/features/passkeys/delete-passkey.ts'
import { listPasskeys } from '#server/features/passkeys/list-passkeys.ts'
import { signInWithPasskey } from '#server/features/passkeys/sign-in-with-passkey.ts'
import { updatePasskey } from '#server/features/passkeys/update-passkey.ts'
import type { Feature } from '#server/http/operation.ts'

export const passkeys: Feature = {
  name: 'passkeys',
  description: 'Keys of a device or a password manager (WebAuthn): to sign in without a password, or beside one.',
  operations: [
    createSignInOptions,
    signInWithPasskey,
    createProofOptions,
    createPasskeyOptions,
    createPasskey,
    listPasskeys,
    updatePasskey,
    deletePasskey,
  ],
}
