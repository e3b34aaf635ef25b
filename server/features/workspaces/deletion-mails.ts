import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { mailAdmins, spellDay } from '#server/features/workspaces/mail-admins.ts'
import type { Language } from '#server/mail/language.ts'
import type { Letter } from '#server/mail/letter.ts'
import type { Services } from '#server/services.ts'

export type DeletionNews =
  | { kind: 'asked'; deleteAt: string; memberId: string | null }
  | { kind: 'kept'; memberId: string | null }

type Facts = { workspace: string; by: string; day: string; path: string }

/** Mails all admins of a workspace that its deletion was asked for, or taken back, and by whom. */
export async function tellOfDeletion(
  services: Services,
  workspace: WorkspaceAddress,
  news: DeletionNews,
): Promise<void> {
  await mailAdmins(
    services,
    workspace,
    (language, name, by) =>
      letters[news.kind][language]({
        workspace: name,
        by,
        day: news.kind === 'asked' ? spellDay(news.deleteAt, language) : '',
        path: `/w/${workspace.slug}`,
      }),
    news.memberId,
  )
}

type Write = (facts: Facts) => Letter

const letters: Record<DeletionNews['kind'], Record<Language, Write>> = {
  asked: {
    en: ({ workspace, by, day, path }) => ({
      subject: `${workspace} will be deleted on ${day}`,
      pieces: [
        `${by} asked for the workspace “${workspace}” to be deleted. It is closed from now on, and on ${day} it will be deleted with everything in it, its history included.`,
        'Until then any admin can keep it, and everything will be as it was.',
        { button: 'Open the workspace', path },
      ],
    }),
    nl: ({ workspace, by, day, path }) => ({
      subject: `${workspace} wordt op ${day} verwijderd`,
      pieces: [
        `${by} heeft gevraagd om de werkruimte “${workspace}” te verwijderen. Ze is vanaf nu gesloten, en op ${day} wordt ze verwijderd met alles wat erin staat, ook de geschiedenis.`,
        'Tot dan kan elke beheerder ze behouden; dan is alles weer zoals het was.',
        { button: 'De werkruimte openen', path },
      ],
    }),
    fr: ({ workspace, by, day, path }) => ({
      subject: `${workspace} sera supprimé le ${day}`,
      pieces: [
        `${by} a demandé la suppression de l’espace de travail « ${workspace} ». Il est fermé dès maintenant et sera supprimé le ${day} avec tout son contenu, y compris son historique.`,
        'D’ici là, tout administrateur peut le conserver, et tout redeviendra comme avant.',
        { button: 'Ouvrir l’espace de travail', path },
      ],
    }),
    de: ({ workspace, by, day, path }) => ({
      subject: `${workspace} wird am ${day} gelöscht`,
      pieces: [
        `${by} hat die Löschung des Arbeitsbereichs „${workspace}“ veranlasst. Er ist ab sofort geschlossen und wird am ${day} mit seinem gesamten Inhalt gelöscht, einschließlich der Historie.`,
        'Bis dahin kann jede Administratorin und jeder Administrator ihn behalten; dann ist alles wieder wie zuvor.',
        { button: 'Den Arbeitsbereich öffnen', path },
      ],
    }),
  },
  kept: {
    en: ({ workspace, by, path }) => ({
      subject: `${workspace} stays`,
      pieces: [
        `${by} took back the deletion of the workspace “${workspace}”. Everything is as it was.`,
        { button: 'Open the workspace', path },
      ],
    }),
    nl: ({ workspace, by, path }) => ({
      subject: `${workspace} blijft`,
      pieces: [
        `${by} heeft het verwijderen van de werkruimte “${workspace}” ingetrokken. Alles is zoals het was.`,
        { button: 'De werkruimte openen', path },
      ],
    }),
    fr: ({ workspace, by, path }) => ({
      subject: `${workspace} est conservé`,
      pieces: [
        `${by} a annulé la suppression de l’espace de travail « ${workspace} ». Tout est comme avant.`,
        { button: 'Ouvrir l’espace de travail', path },
      ],
    }),
    de: ({ workspace, by, path }) => ({
      subject: `${workspace} bleibt bestehen`,
      pieces: [
        `${by} hat die Löschung des Arbeitsbereichs „${workspace}“ zurückgenommen. Alles ist wie zuvor.`,
        { button: 'Den Arbeitsbereich öffnen', path },
      ],
    }),
  },
}
