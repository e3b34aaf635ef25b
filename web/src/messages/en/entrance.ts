/** What stands where a workspace cannot be entered. */
export const entrance = {
  closingTitle: (workspace: string, day: string) => `${workspace} will be deleted on ${day}`,
  closingHint: 'It is closed: nobody works in it until then. After that day, nobody can bring it back.',
  closingAsk: 'Any of its admins can keep it until then.',
  keep: 'Keep it',
  keepHint: 'Then everything is as it was.',
  kept: (workspace: string) => `${workspace} stays. Everything is as it was.`,
  otherWorkspaces: 'Your other workspaces',
  closingMark: (day: string) => `Will be deleted on ${day}`,
  closingShort: 'Closed',
  factorTitle: (workspace: string) => `${workspace} asks for a second factor`,
  factorHint:
    'Besides your password, its members confirm that it is them: with an app on their phone that makes codes, or with a passkey.',
  factorNext: 'Set one up in your account, then come back here.',
  toSecurity: 'Set up a second factor',
  tryAgain: 'I have set one up',
}
