import type { Notification } from '#server/features/notifications/notification.ts'
import type { Language } from '#server/mail/language.ts'

type Words = {
  subject: (workspace: string, tasks: number) => string
  opening: (workspace: string) => string
  /** @param who nothing or empty: somebody whom the reader may not see, or nobody. */
  line: (item: Pick<Notification, 'kind' | 'dueOn'>, who: string | null) => string
  more: (tasks: number) => string
  open: string
  why: string
  unsubscribe: string
}

function spell(day: string | null, language: string): string {
  return day === null
    ? ''
    : Temporal.PlainDate.from(day).toLocaleString(language, { weekday: 'long', day: 'numeric', month: 'long' })
}

/** What a digest says in each language. */
export const digestLetters: Record<Language, Words> = {
  en: {
    subject: (workspace, tasks) => `${workspace}: news on ${tasks === 1 ? 'one task' : `${tasks} tasks`}`,
    opening: workspace => `This is what you have not read yet in “${workspace}”.`,
    line({ kind, dueOn }, who) {
      const by = who || 'Somebody'
      if (kind === 'due') return `Due on ${spell(dueOn, 'en-GB')}`
      if (kind === 'assigned') return `${by} assigned it to you`
      if (kind === 'mentioned') return `${by} mentioned you`
      if (kind === 'commented') return `${by} commented`
      return kind === 'viewer_added' ? `${by} lets you see it` : `${by} changed its status`
    },
    more: tasks => `And ${tasks === 1 ? 'one more task' : `${tasks} more tasks`}.`,
    open: 'Open Kontor',
    why: 'You get this mail on mornings with something unread, because you are a member of this workspace.',
    unsubscribe: 'Unsubscribe',
  },
  nl: {
    subject: (workspace, tasks) => `${workspace}: nieuws over ${tasks === 1 ? 'één taak' : `${tasks} taken`}`,
    opening: workspace => `Dit hebt u nog niet gelezen in “${workspace}”.`,
    line({ kind, dueOn }, who) {
      const by = who || 'Iemand'
      if (kind === 'due') return `Moet klaar zijn op ${spell(dueOn, 'nl-BE')}`
      if (kind === 'assigned') return `${by} heeft ze aan u toegewezen`
      if (kind === 'mentioned') return `${by} heeft u vermeld`
      if (kind === 'commented') return `${by} heeft gereageerd`
      return kind === 'viewer_added' ? `${by} laat u meekijken` : `${by} heeft de status gewijzigd`
    },
    more: tasks => `En nog ${tasks === 1 ? 'één taak' : `${tasks} taken`}.`,
    open: 'Kontor openen',
    why: 'U krijgt deze mail op ochtenden waarop er iets ongelezen is, omdat u lid bent van deze werkruimte.',
    unsubscribe: 'Uitschrijven',
  },
  fr: {
    subject: (workspace, tasks) => `${workspace} : du nouveau sur ${tasks === 1 ? 'une tâche' : `${tasks} tâches`}`,
    opening: workspace => `Voici ce que vous n’avez pas encore lu dans « ${workspace} ».`,
    line({ kind, dueOn }, who) {
      const by = who || 'Quelqu’un'
      if (kind === 'due') return `À rendre le ${spell(dueOn, 'fr-BE')}`
      if (kind === 'assigned') return `${by} vous l’a confiée`
      if (kind === 'mentioned') return `${by} vous a mentionné`
      if (kind === 'commented') return `${by} a commenté`
      return kind === 'viewer_added' ? `${by} vous y donne accès` : `${by} a changé son statut`
    },
    more: tasks => `Et encore ${tasks === 1 ? 'une tâche' : `${tasks} tâches`}.`,
    open: 'Ouvrir Kontor',
    why: 'Vous recevez ce message les matins où il reste du non-lu, parce que vous êtes membre de cet espace de travail.',
    unsubscribe: 'Se désabonner',
  },
  de: {
    subject: (workspace, tasks) => `${workspace}: Neues zu ${tasks === 1 ? 'einer Aufgabe' : `${tasks} Aufgaben`}`,
    opening: workspace => `Das haben Sie in „${workspace}“ noch nicht gelesen.`,
    line({ kind, dueOn }, who) {
      const by = who || 'Jemand'
      if (kind === 'due') return `Fällig am ${spell(dueOn, 'de-DE')}`
      if (kind === 'assigned') return `${by} hat sie Ihnen zugewiesen`
      if (kind === 'mentioned') return `${by} hat Sie erwähnt`
      if (kind === 'commented') return `${by} hat kommentiert`
      return kind === 'viewer_added' ? `${by} lässt Sie mitlesen` : `${by} hat den Status geändert`
    },
    more: tasks => `Und noch ${tasks === 1 ? 'eine Aufgabe' : `${tasks} Aufgaben`}.`,
    open: 'Kontor öffnen',
    why: 'Sie bekommen diese Mail an Morgen, an denen etwas ungelesen ist, weil Sie Mitglied dieses Arbeitsbereichs sind.',
    unsubscribe: 'Abbestellen',
  },
}
