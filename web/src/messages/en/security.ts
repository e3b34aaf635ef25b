import type { SecurityEvent } from '#client'
import type { EventFacts } from '#web/security/event-facts.ts'

const ways: Record<string, string> = {
  password: ' with the password',
  passkey: ' with a passkey',
  single_sign_on: ' by your organisation',
}
const operator = (by: string) => (by === 'operator' ? ' by the operator of Kontor' : '')

/** What somebody signs in with, where they are signed in, and what happened to their account. */
export const security = {
  tab: 'Security',
  activityTab: 'Activity',
  ownSession: {
    title: 'Your organisation signed you in',
    text: 'These settings need a sign-in of your own: with a password or a passkey. If you have no password yet, set one with “Forgotten your password?”.',
    signIn: 'Sign in with your own',
  },
  proof: {
    title: 'Confirm that it is you',
    hint: 'This changes how your account is entered. After that we do not ask again for ten minutes.',
    thenPasskey: 'After that, your browser asks for your passkey or security key.',
    refused: 'You did not confirm that it is you. Nothing has changed.',
  },
  second: {
    title: 'One more step',
    hint: 'The password is right. Now show that it is you with your second factor.',
    or: 'or',
    wrong: 'That was not it, or it was used before. Try again.',
  },
  codes: {
    title: 'Recovery codes',
    hint: 'For when the app or the passkey is not at hand. Each signs in once.',
    ofApp: 'Code of your authenticator app',
    recovery: 'Recovery code',
    recoveryHint: 'One of the ten that you kept, such as abcd-efgh-jkmn-… Each works once.',
    useRecovery: 'Use a recovery code',
    useApp: 'Use a code of the app',
    left: (count: number) => `${count} left`,
    renew: 'New codes',
    renewTitle: 'Make new recovery codes?',
    renewText: 'The ones you have stop working at once.',
    once: 'Keep these codes where you find them without your phone. They are not shown again. Each signs in once.',
    heading: (email: string, day: string) => `Recovery codes of Kontor for ${email}, ${day}`,
    download: 'Download',
    print: 'Print',
    kept: 'I have kept them',
    done: 'Done',
  },
  twoSteps: {
    title: 'Two-step sign-in',
    hint: 'Beside the password, something that only you have. Whoever learns your password still cannot enter.',
    app: 'Authenticator app',
    appHint: 'An app on your phone shows a code that changes every 30 seconds.',
    on: 'On',
    since: (day: string) => `Since ${day}`,
    add: 'Add',
    addTitle: 'Add an authenticator app',
    steps: [
      'Open an authenticator app on your phone. If you have none, install one; any will do.',
      'Scan this picture with it.',
      'Enter the code that it shows.',
    ],
    qrCode: 'QR code with the secret for the authenticator app; the same secret stands below as text',
    cannotScan: 'If you cannot scan it, enter this in the app:',
    secret: 'Secret',
    confirm: 'Switch on',
    codeWrong: 'This code does not fit. Wait for the next one; if it stays so, check the time on your phone.',
    added: 'Two-step sign-in is on. Your other sessions have ended.',
    remove: 'Remove',
    removeTitle: 'Remove the authenticator app?',
    removeText: 'Signing in asks for a passkey from now on.',
    removeLastText:
      'Then the password alone signs in, and your recovery codes go. Workspaces that ask for a second factor cannot be entered any more.',
  },
  passkeys: {
    title: 'Passkeys',
    hint: 'Sign in with your fingerprint, your face, the PIN of your device or a security key. Nobody can guess it or lure it out of you.',
    none: 'You have none yet. A passkey replaces the password, and is a second factor beside it.',
    add: 'Add a passkey',
    addHint: 'Give it a name. Then your browser asks for your fingerprint, face, PIN or security key.',
    name: 'Name',
    nameHint: 'By which you know it, such as “Work laptop”',
    make: 'Continue',
    added: 'The passkey is added.',
    addedOn: (day: string) => `Added ${day}`,
    used: (when: string) => `Last used ${when}`,
    unused: 'Not used yet',
    synced: 'Synced',
    rename: 'Rename',
    remove: 'Remove',
    removeTitle: (name: string) => `Remove ${name}?`,
    removeText: 'It signs nobody in any more. You can delete it on your device too.',
    removeLastText:
      'It is your last second factor: then the password alone signs in, and your recovery codes go. Workspaces that ask for a second factor cannot be entered any more.',
    signIn: 'Sign in with a passkey',
    use: 'Use a passkey or security key',
    unknown: 'This passkey does not sign in here. Sign in with your password.',
    needName: 'Passkeys work where Kontor is opened under a name, not an IP address.',
    noBrowser: 'This browser knows no passkeys.',
    faults: {
      NotAllowedError: 'It was cancelled, or took too long. Try again.',
      InvalidStateError: 'This device or security key has a passkey of yours already.',
      AbortError: 'It was cancelled.',
      NotSupportedError: 'This device or security key cannot make a passkey for Kontor.',
      other: 'The browser could not ask for the passkey. Try again, or use another device.',
    },
  },
  email: {
    hint: 'You sign in with it, and mails go there. A new one counts once you have confirmed it.',
    current: 'Address now',
    next: 'New address',
    same: 'This is your address already',
    send: 'Send code',
    sent: (email: string) =>
      `A code of six digits is on its way to ${email}. Until you enter it here, nothing changes.`,
    confirm: 'Change address',
    done: 'Your e-mail address is changed. Your other sessions have ended.',
  },
  sessions: {
    methods: {
      password: 'with the password',
      passkey: 'with a passkey',
      single_sign_on: 'by your organisation',
      signup: 'since signing up',
      invitation: 'by an invitation',
    },
    andFactor: (way: string) => `${way} and second factor`,
    onlyFor: (workspace: string) => `only ${workspace}`,
    endOthers: 'End all others',
    endOthersText: (count: number) =>
      count === 1 ? 'The other browser is signed out.' : `The ${count} other browsers are signed out.`,
    endedOthers: 'All other sessions have ended.',
  },
  deletion: {
    title: 'Delete account',
    hint: 'You leave every workspace. What you wrote there stays.',
    button: 'Delete my account',
    ask: 'Delete your account?',
    text: 'It goes at once, with your sessions, passkeys and settings, and nobody can bring it back. Your tasks, comments and hours stay in their workspaces.',
    type: (email: string) => `Type ${email} to confirm`,
    mismatch: 'This is not your address',
    lastAdmin: 'You are the last admin here. Make somebody else an admin first, or delete the workspace:',
    done: 'Your account is deleted.',
  },
  events: {
    title: 'What happened',
    hint: 'Sign-ins, failures and changes of the last year. If something was not you, change your password.',
    none: 'Nothing yet',
    sentences: {
      signed_up: () => 'The account was made',
      signed_in: ({ method, isNewDevice }) =>
        `Sign-in${ways[method] ?? ''}${isNewDevice ? ', in a browser that was not used before' : ''}`,
      sign_in_failed: ({ method }) =>
        method === 'second_factor'
          ? 'Failed attempt: the second factor was wrong'
          : 'Failed attempt: the password was wrong',
      locked: ({ until }) =>
        until ? `Too many failed attempts: further ones wait until ${until}` : 'Too many failed attempts: locked',
      unlocked: ({ by }) => (by === 'admin' ? 'An admin of your workspace lifted the lock' : 'The lock was lifted'),
      password_reset_requested: () => 'A code to reset the password was asked for',
      password_reset: () => 'The password was reset with a code; all sessions ended',
      password_changed: () => 'The password was changed; the other sessions ended',
      email_change_requested: () => 'Another e-mail address was asked for',
      email_changed: ({ from, to }) => `The e-mail address was changed from ${from} to ${to}`,
      totp_added: () => 'An authenticator app was added',
      totp_removed: ({ by }) => `The authenticator app was removed${operator(by)}`,
      recovery_codes_made: () => 'New recovery codes were made',
      recovery_code_used: () => 'A recovery code was used',
      passkey_added: ({ name }) => `The passkey ${name} was added`,
      passkey_removed: ({ name, by }) => `The passkey ${name} was removed${operator(by)}`,
      session_ended: ({ device }) => `A session was ended: ${device}`,
      sessions_ended: ({ count }) =>
        count === 1 ? 'The other session was ended' : `${count} other sessions were ended`,
      token_used_from_new_network: ({ token, workspace, network }) =>
        `The API token ${token} of ${workspace} was used in a new network${network && `, ${network}`}`,
    } satisfies Record<SecurityEvent['kind'], (facts: EventFacts) => string> as Record<
      SecurityEvent['kind'],
      (facts: EventFacts) => string
    >,
  },
  everybody: {
    title: 'Second factor',
    hint: 'Whoever enters with a password confirms it with an authenticator app or a passkey. Your organisation’s sign-in has rules of its own.',
    label: 'Everybody needs a second factor',
    description: 'It counts at once: whoever has none sets one up before they enter again.',
    first: 'Sign in with a second factor yourself first, or you would lock yourself out.',
    setUp: 'Set one up',
    on: 'Everybody needs a second factor now.',
    off: 'A second factor is no longer asked for.',
  },
}
