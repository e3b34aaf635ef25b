import { hashCheaply } from '#tests/setup/hash-cost.ts'

// Files share their process, so each begins with what the one before it may have changed.
hashCheaply()
