/** What somebody is told, and ending the mails without signing in. */
export const notices = {
  tab: 'Notifications',
  title: 'Morning mail',
  hint: 'At eight in the morning, what you have not read yet: one mail for each workspace, and none where nothing is unread.',
  label: (workspace: string) => `Morning mail from ${workspace}`,
  digests: { off: 'Never', weekdays: 'Monday to Friday', daily: 'Every day' },
  none: 'You are a member of no workspace.',
  notOpen: 'Open this workspace to see what it mails.',
  settings: 'Notification settings',
  unsubscribe: {
    title: 'Stop the morning mail?',
    hint: 'You will get no more mail about what is unread in this workspace. In Kontor everything stays as it is.',
    act: 'Unsubscribe',
    keep: 'Keep it',
    doneTitle: 'You are unsubscribed',
    doneHint: 'No more morning mail comes from this workspace. You can have it again at any time, in your account.',
    goneTitle: 'This link is not good',
    goneHint:
      'It is not whole, or its workspace is gone. Copy it from the mail again, or change what you are mailed in your account.',
    toSettings: 'Open your account',
  },
}
