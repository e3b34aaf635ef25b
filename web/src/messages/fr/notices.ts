import type { notices as english } from '#web/messages/en/notices.ts'

export const notices: typeof english = {
  tab: 'Notifications',
  title: 'E-mail du matin',
  hint: 'À huit heures du matin, ce que vous n’avez pas encore lu : un e-mail par espace de travail, et aucun s’il n’y a rien de non lu.',
  label: workspace => `E-mail du matin de ${workspace}`,
  digests: { off: 'Jamais', weekdays: 'Du lundi au vendredi', daily: 'Tous les jours' },
  none: 'Vous n’êtes membre d’aucun espace de travail.',
  notOpen: 'Ouvrez cet espace de travail pour voir ce qu’il vous envoie.',
  settings: 'Réglages des notifications',
  unsubscribe: {
    title: 'Arrêter l’e-mail du matin ?',
    hint: 'Vous ne recevrez plus d’e-mail sur ce qui n’est pas lu dans cet espace de travail. Dans Kontor, tout reste comme avant.',
    act: 'Se désabonner',
    keep: 'Le garder',
    doneTitle: 'Vous êtes désabonné',
    doneHint:
      'Cet espace de travail n’envoie plus d’e-mail du matin. Vous pouvez le rétablir à tout moment dans votre compte.',
    goneTitle: 'Ce lien n’est pas valable',
    goneHint:
      'Il est incomplet, ou son espace de travail n’existe plus. Copiez-le de nouveau depuis l’e-mail, ou changez dans votre compte ce qui vous est envoyé.',
    toSettings: 'Ouvrir votre compte',
  },
}
