import type { SecurityEventKind } from '#server/features/security-events/security-event.ts'
import type { Language } from '#server/mail/language.ts'

/** What is mailed about: what an attacker does, and what an owner would want to have noticed. */
export type MailedKind = Extract<
  SecurityEventKind,
  | 'signed_in'
  | 'locked'
  | 'password_changed'
  | 'password_reset'
  | 'totp_added'
  | 'totp_removed'
  | 'passkey_added'
  | 'passkey_removed'
  | 'recovery_code_used'
  | 'recovery_codes_made'
  | 'token_used_from_new_network'
>

type Texts = {
  labels: { when: string; device: string; address: string; token: string; workspace: string; network: string }
  account: string
  tokens: string
  reset: string
  until: (when: string) => string
  /** What to do when it was somebody else, where the kind has nothing of its own to say. */
  otherwise: string
  kinds: Record<MailedKind, { subject: string; said: string; otherwise?: string }>
}

export const texts: Record<Language, Texts> = {
  en: {
    labels: {
      when: 'When',
      device: 'Device',
      address: 'Network address',
      token: 'API token',
      workspace: 'Workspace',
      network: 'Network',
    },
    account: 'Open my account',
    tokens: 'Open my API tokens',
    reset: 'Reset my password',
    until: when =>
      `Until ${when} a wrong and a right password get the same answer. On a device where you signed in before you can go on as usual.`,
    otherwise:
      'If it was you, there is nothing to do. If not, change your password at once, and see which second factors are yours.',
    kinds: {
      signed_in: {
        subject: 'New sign-in to your Kontor account',
        said: 'Somebody signed in to your account on a device that it was not used on before.',
        otherwise:
          'If it was you, there is nothing to do. If not, change your password at once: that ends all other sessions.',
      },
      locked: {
        subject: 'Failed sign-ins to your Kontor account',
        said: 'There were too many failed attempts to sign in to your account, so further ones have to wait.',
        otherwise:
          'If it was not you, nobody came in. A long password that you use nowhere else, and a second factor, keep it so.',
      },
      password_changed: {
        subject: 'Your Kontor password was changed',
        said: 'The password of your account was changed, and all other sessions were ended.',
        otherwise: 'If it was you, there is nothing to do. If not, take your account back now: set a new password.',
      },
      password_reset: {
        subject: 'Your Kontor password was reset',
        said: 'Your account got a new password, with a code that we mailed to you, and all sessions were ended.',
        otherwise:
          'If it was you, there is nothing to do. If not, somebody reads your mail: change the password of your mailbox, then this one.',
      },
      recovery_code_used: {
        subject: 'A recovery code of your Kontor account was used',
        said: 'Somebody signed in to your account with one of its recovery codes. It does not work again.',
        otherwise:
          'If it was you, make new codes before they run out. If not, change your password and make new codes at once.',
      },
      totp_added: {
        subject: 'An authenticator app was added to your Kontor account',
        said: 'An authenticator app was added to your account.',
      },
      totp_removed: {
        subject: 'The authenticator app of your Kontor account was removed',
        said: 'The authenticator app of your account was removed.',
      },
      passkey_added: {
        subject: 'A passkey was added to your Kontor account',
        said: 'A passkey was added to your account. It signs in without the password.',
      },
      passkey_removed: {
        subject: 'A passkey of your Kontor account was removed',
        said: 'A passkey of your account was removed. It signs nobody in any more.',
      },
      recovery_codes_made: {
        subject: 'New recovery codes for your Kontor account',
        said: 'New recovery codes were made for your account. The old ones are void.',
      },
      token_used_from_new_network: {
        subject: 'An API token of your Kontor account was used in a new network',
        said: 'A program used one of your API tokens in a network in which it was not used before.',
        otherwise:
          'If you know why, there is nothing to do. If not, revoke the token at once: whoever has it can do what it may.',
      },
    },
  },
  nl: {
    labels: {
      when: 'Wanneer',
      device: 'Toestel',
      address: 'Netwerkadres',
      token: 'API-token',
      workspace: 'Werkruimte',
      network: 'Netwerk',
    },
    account: 'Mijn account openen',
    tokens: 'Mijn API-tokens openen',
    reset: 'Mijn wachtwoord herstellen',
    until: when =>
      `Tot ${when} krijgen een fout en een juist wachtwoord hetzelfde antwoord. Op een toestel waarop je je al eens hebt aangemeld, kun je gewoon verder.`,
    otherwise:
      'Was jij het, dan hoef je niets te doen. Zo niet, wijzig dan meteen je wachtwoord en kijk na welke tweede factoren van jou zijn.',
    kinds: {
      signed_in: {
        subject: 'Nieuwe aanmelding bij je Kontor-account',
        said: 'Iemand heeft zich bij je account aangemeld op een toestel waarop het nog niet was gebruikt.',
        otherwise:
          'Was jij het, dan hoef je niets te doen. Zo niet, wijzig dan meteen je wachtwoord: daarmee eindigen alle andere sessies.',
      },
      locked: {
        subject: 'Mislukte aanmeldingen bij je Kontor-account',
        said: 'Er waren te veel mislukte pogingen om je aan te melden bij je account. Nieuwe pogingen moeten daarom even wachten.',
        otherwise:
          'Was jij het niet, dan is er niemand binnengekomen. Met een lang wachtwoord dat je nergens anders gebruikt en een tweede factor blijft dat zo.',
      },
      password_changed: {
        subject: 'Je Kontor-wachtwoord is gewijzigd',
        said: 'Het wachtwoord van je account is gewijzigd en alle andere sessies zijn beëindigd.',
        otherwise:
          'Was jij het, dan hoef je niets te doen. Zo niet, neem je account dan nu terug: stel een nieuw wachtwoord in.',
      },
      password_reset: {
        subject: 'Je Kontor-wachtwoord is hersteld',
        said: 'Je account heeft een nieuw wachtwoord gekregen, met een code die we je hebben gemaild. Alle sessies zijn beëindigd.',
        otherwise:
          'Was jij het, dan hoef je niets te doen. Zo niet, dan leest iemand je mail: wijzig het wachtwoord van je mailbox en daarna dit.',
      },
      recovery_code_used: {
        subject: 'Een herstelcode van je Kontor-account is gebruikt',
        said: 'Iemand heeft zich bij je account aangemeld met een van de herstelcodes. Die code werkt niet opnieuw.',
        otherwise:
          'Was jij het, maak dan nieuwe codes voor ze op zijn. Zo niet, wijzig dan meteen je wachtwoord en maak nieuwe codes.',
      },
      totp_added: {
        subject: 'Er is een authenticator-app aan je Kontor-account toegevoegd',
        said: 'Er is een authenticator-app aan je account toegevoegd.',
      },
      totp_removed: {
        subject: 'De authenticator-app van je Kontor-account is verwijderd',
        said: 'De authenticator-app van je account is verwijderd.',
      },
      passkey_added: {
        subject: 'Er is een toegangssleutel aan je Kontor-account toegevoegd',
        said: 'Er is een toegangssleutel (passkey) aan je account toegevoegd. Daarmee kun je je zonder wachtwoord aanmelden.',
      },
      passkey_removed: {
        subject: 'Een toegangssleutel van je Kontor-account is verwijderd',
        said: 'Een toegangssleutel (passkey) van je account is verwijderd. Niemand kan zich er nog mee aanmelden.',
      },
      recovery_codes_made: {
        subject: 'Nieuwe herstelcodes voor je Kontor-account',
        said: 'Er zijn nieuwe herstelcodes gemaakt voor je account. De oude werken niet meer.',
      },
      token_used_from_new_network: {
        subject: 'Een API-token van je Kontor-account is in een nieuw netwerk gebruikt',
        said: 'Een programma heeft een van je API-tokens gebruikt in een netwerk waarin het nog niet was gebruikt.',
        otherwise:
          'Weet je waarom, dan hoef je niets te doen. Zo niet, trek het token dan meteen in: wie het heeft, kan alles wat het mag.',
      },
    },
  },
  fr: {
    labels: {
      when: 'Quand',
      device: 'Appareil',
      address: 'Adresse réseau',
      token: 'Jeton d’API',
      workspace: 'Espace',
      network: 'Réseau',
    },
    account: 'Ouvrir mon compte',
    tokens: 'Ouvrir mes jetons d’API',
    reset: 'Réinitialiser mon mot de passe',
    until: when =>
      `Jusqu’au ${when}, un bon mot de passe reçoit la même réponse qu’un mauvais. Sur un appareil où vous vous êtes déjà connecté, rien ne change.`,
    otherwise:
      'Si c’était vous, vous n’avez rien à faire. Sinon, changez tout de suite votre mot de passe et vérifiez quels seconds facteurs sont les vôtres.',
    kinds: {
      signed_in: {
        subject: 'Nouvelle connexion à votre compte Kontor',
        said: 'Quelqu’un s’est connecté à votre compte sur un appareil où il n’avait pas encore servi.',
        otherwise:
          'Si c’était vous, vous n’avez rien à faire. Sinon, changez tout de suite votre mot de passe : toutes les autres sessions prendront fin.',
      },
      locked: {
        subject: 'Échecs de connexion à votre compte Kontor',
        said: 'Il y a eu trop de tentatives de connexion manquées à votre compte ; les suivantes doivent donc attendre.',
        otherwise:
          'Si ce n’était pas vous, personne n’est entré. Un mot de passe long, utilisé nulle part ailleurs, et un second facteur y veillent.',
      },
      password_changed: {
        subject: 'Votre mot de passe Kontor a été changé',
        said: 'Le mot de passe de votre compte a été changé et toutes les autres sessions ont pris fin.',
        otherwise:
          'Si c’était vous, vous n’avez rien à faire. Sinon, reprenez votre compte sans attendre : choisissez un nouveau mot de passe.',
      },
      password_reset: {
        subject: 'Votre mot de passe Kontor a été réinitialisé',
        said: 'Votre compte a reçu un nouveau mot de passe, avec un code envoyé à votre adresse, et toutes les sessions ont pris fin.',
        otherwise:
          'Si c’était vous, vous n’avez rien à faire. Sinon, quelqu’un lit vos e-mails : changez le mot de passe de votre messagerie, puis celui-ci.',
      },
      recovery_code_used: {
        subject: 'Un code de secours de votre compte Kontor a été utilisé',
        said: 'Quelqu’un s’est connecté à votre compte avec un de ses codes de secours. Ce code ne servira plus.',
        otherwise:
          'Si c’était vous, créez de nouveaux codes avant d’en manquer. Sinon, changez tout de suite votre mot de passe et créez de nouveaux codes.',
      },
      totp_added: {
        subject: 'Une application d’authentification a été ajoutée à votre compte Kontor',
        said: 'Une application d’authentification a été ajoutée à votre compte.',
      },
      totp_removed: {
        subject: 'L’application d’authentification de votre compte Kontor a été retirée',
        said: 'L’application d’authentification de votre compte a été retirée.',
      },
      passkey_added: {
        subject: 'Une clé d’accès a été ajoutée à votre compte Kontor',
        said: 'Une clé d’accès (passkey) a été ajoutée à votre compte. Elle permet de se connecter sans mot de passe.',
      },
      passkey_removed: {
        subject: 'Une clé d’accès de votre compte Kontor a été retirée',
        said: 'Une clé d’accès (passkey) de votre compte a été retirée. Elle ne permet plus de se connecter.',
      },
      recovery_codes_made: {
        subject: 'Nouveaux codes de secours pour votre compte Kontor',
        said: 'De nouveaux codes de secours ont été créés pour votre compte. Les anciens ne fonctionnent plus.',
      },
      token_used_from_new_network: {
        subject: 'Un jeton d’API de votre compte Kontor a servi dans un nouveau réseau',
        said: 'Un programme a utilisé un de vos jetons d’API dans un réseau où il n’avait pas encore servi.',
        otherwise:
          'Si vous savez pourquoi, vous n’avez rien à faire. Sinon, révoquez tout de suite le jeton : qui le possède peut faire tout ce qu’il permet.',
      },
    },
  },
  de: {
    labels: {
      when: 'Wann',
      device: 'Gerät',
      address: 'Netzwerkadresse',
      token: 'API-Token',
      workspace: 'Arbeitsbereich',
      network: 'Netz',
    },
    account: 'Mein Konto öffnen',
    tokens: 'Meine API-Token öffnen',
    reset: 'Mein Passwort zurücksetzen',
    until: when =>
      `Bis ${when} erhält ein richtiges Passwort dieselbe Antwort wie ein falsches. Auf einem Gerät, auf dem Sie schon angemeldet waren, geht alles wie gewohnt.`,
    otherwise:
      'Waren Sie es, ist nichts zu tun. Wenn nicht, ändern Sie sofort Ihr Passwort, und prüfen Sie, welche zweiten Faktoren Ihre sind.',
    kinds: {
      signed_in: {
        subject: 'Neue Anmeldung bei Ihrem Kontor-Konto',
        said: 'Jemand hat sich bei Ihrem Konto auf einem Gerät angemeldet, auf dem es noch nicht benutzt wurde.',
        otherwise:
          'Waren Sie es, ist nichts zu tun. Wenn nicht, ändern Sie sofort Ihr Passwort: Damit enden alle anderen Sitzungen.',
      },
      locked: {
        subject: 'Fehlgeschlagene Anmeldungen bei Ihrem Kontor-Konto',
        said: 'Es gab zu viele fehlgeschlagene Versuche, sich bei Ihrem Konto anzumelden. Weitere müssen deshalb warten.',
        otherwise:
          'Waren Sie es nicht, ist niemand hereingekommen. Ein langes Passwort, das Sie nirgends sonst verwenden, und ein zweiter Faktor sorgen dafür, dass es so bleibt.',
      },
      password_changed: {
        subject: 'Ihr Kontor-Passwort wurde geändert',
        said: 'Das Passwort Ihres Kontos wurde geändert, und alle anderen Sitzungen wurden beendet.',
        otherwise:
          'Waren Sie es, ist nichts zu tun. Wenn nicht, holen Sie sich Ihr Konto jetzt zurück: Setzen Sie ein neues Passwort.',
      },
      password_reset: {
        subject: 'Ihr Kontor-Passwort wurde zurückgesetzt',
        said: 'Ihr Konto hat ein neues Passwort bekommen, mit einem Code, den wir Ihnen gemailt haben. Alle Sitzungen wurden beendet.',
        otherwise:
          'Waren Sie es, ist nichts zu tun. Wenn nicht, liest jemand Ihre Mails: Ändern Sie das Passwort Ihres Postfachs und danach dieses.',
      },
      recovery_code_used: {
        subject: 'Ein Wiederherstellungscode Ihres Kontor-Kontos wurde benutzt',
        said: 'Jemand hat sich bei Ihrem Konto mit einem seiner Wiederherstellungscodes angemeldet. Dieser Code gilt nicht noch einmal.',
        otherwise:
          'Waren Sie es, erstellen Sie neue Codes, bevor sie ausgehen. Wenn nicht, ändern Sie sofort Ihr Passwort und erstellen Sie neue Codes.',
      },
      totp_added: {
        subject: 'Ihrem Kontor-Konto wurde eine Authenticator-App hinzugefügt',
        said: 'Ihrem Konto wurde eine Authenticator-App hinzugefügt.',
      },
      totp_removed: {
        subject: 'Die Authenticator-App Ihres Kontor-Kontos wurde entfernt',
        said: 'Die Authenticator-App Ihres Kontos wurde entfernt.',
      },
      passkey_added: {
        subject: 'Ihrem Kontor-Konto wurde ein Passkey hinzugefügt',
        said: 'Ihrem Konto wurde ein Passkey hinzugefügt. Mit ihm meldet man sich ohne Passwort an.',
      },
      passkey_removed: {
        subject: 'Ein Passkey Ihres Kontor-Kontos wurde entfernt',
        said: 'Ein Passkey Ihres Kontos wurde entfernt. Mit ihm kann sich niemand mehr anmelden.',
      },
      recovery_codes_made: {
        subject: 'Neue Wiederherstellungscodes für Ihr Kontor-Konto',
        said: 'Für Ihr Konto wurden neue Wiederherstellungscodes erstellt. Die alten gelten nicht mehr.',
      },
      token_used_from_new_network: {
        subject: 'Ein API-Token Ihres Kontor-Kontos wurde in einem neuen Netz benutzt',
        said: 'Ein Programm hat eines Ihrer API-Token in einem Netz benutzt, in dem es noch nicht benutzt wurde.',
        otherwise:
          'Wissen Sie, warum, ist nichts zu tun. Wenn nicht, widerrufen Sie das Token sofort: Wer es hat, kann alles, was es darf.',
      },
    },
  },
}
