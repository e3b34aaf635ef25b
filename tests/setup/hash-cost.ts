import { hash } from '@node-rs/argon2'
import { parameters } from '#server/crypto/password.ts'

const asInProduction = { ...parameters }
const cheap = { ...parameters, memoryCost: 256, timeCost: 1 }

/**
 * Makes a hash cost a hundredth: for all tests but those about its cost, which are many times as fast. Nothing else can,
 * because the type of `parameters` is read-only.
 */
export function hashCheaply(): void {
  Object.assign(parameters, cheap)
}

/** For a test file about what hashing costs or hides: call it before anything is hashed. */
export function hashAsInProduction(): void {
  Object.assign(parameters, asInProduction)
}

export function isHashingCheap(): boolean {
  return parameters.memoryCost === cheap.memoryCost
}

export function cheapHash(password: string): Promise<string> {
  return hash(password, cheap)
}
