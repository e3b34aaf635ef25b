import type { security as english } from '#web/messages/en/security.ts'

const ways: Record<string, string> = {
  password: ' avec le mot de passe',
  passkey: ' avec une clé d’accès',
  single_sign_on: ' par votre organisation',
}
const operator = (by: string) => (by === 'operator' ? ' par l’exploitant de Kontor' : '')

export const security: typeof english = {
  tab: 'Sécurité',
  activityTab: 'Activité',
  ownSession: {
    title: 'C’est votre organisation qui vous a connecté',
    text: 'Pour ces réglages, connectez-vous vous-même : avec un mot de passe ou une clé d’accès. Si vous n’avez pas encore de mot de passe, définissez-en un par « Mot de passe oublié ? ».',
    signIn: 'Me connecter moi-même',
  },
  proof: {
    title: 'Confirmez que c’est bien vous',
    hint: 'Cela change la façon d’entrer dans votre compte. Ensuite, nous ne le demandons plus pendant dix minutes.',
    thenPasskey: 'Ensuite, votre navigateur demande votre clé d’accès ou de sécurité.',
    refused: 'Vous n’avez pas confirmé que c’est bien vous. Rien n’a changé.',
  },
  second: {
    title: 'Encore une étape',
    hint: 'Le mot de passe est juste. Montrez maintenant avec votre second facteur que c’est bien vous.',
    or: 'ou',
    wrong: 'Ce n’était pas cela, ou il a déjà été utilisé. Réessayez.',
  },
  codes: {
    title: 'Codes de secours',
    hint: 'Pour quand l’application ou la clé d’accès n’est pas à portée de main. Chacun connecte une fois.',
    ofApp: 'Code de votre application d’authentification',
    recovery: 'Code de secours',
    recoveryHint: 'L’un des dix que vous avez conservés, comme abcd-efgh-jkmn-… Chacun sert une fois.',
    useRecovery: 'Utiliser un code de secours',
    useApp: 'Utiliser un code de l’application',
    left: count => (count === 1 ? 'Il en reste 1' : `Il en reste ${count}`),
    renew: 'Nouveaux codes',
    renewTitle: 'Créer de nouveaux codes de secours ?',
    renewText: 'Ceux que vous avez cessent aussitôt de valoir.',
    once: 'Conservez ces codes là où vous les trouvez sans votre téléphone. Ils ne seront plus affichés. Chacun connecte une fois.',
    heading: (email, day) => `Codes de secours de Kontor pour ${email}, ${day}`,
    download: 'Télécharger',
    print: 'Imprimer',
    kept: 'Je les ai conservés',
    done: 'Terminé',
  },
  twoSteps: {
    title: 'Connexion en deux étapes',
    hint: 'En plus du mot de passe, quelque chose que vous seul avez. Qui apprend votre mot de passe n’entre pas pour autant.',
    app: 'Application d’authentification',
    appHint: 'Une application sur votre téléphone affiche un code qui change toutes les 30 secondes.',
    on: 'Activée',
    since: day => `Depuis le ${day}`,
    add: 'Ajouter',
    addTitle: 'Ajouter une application d’authentification',
    steps: [
      'Ouvrez une application d’authentification sur votre téléphone. Si vous n’en avez pas, installez-en une ; toutes conviennent.',
      'Scannez cette image avec elle.',
      'Entrez le code qu’elle affiche.',
    ],
    qrCode: 'Code QR avec le secret pour l’application d’authentification ; le même secret figure en texte ci-dessous',
    cannotScan: 'Si vous ne pouvez pas le scanner, entrez ceci dans l’application :',
    secret: 'Secret',
    confirm: 'Activer',
    codeWrong: 'Ce code ne convient pas. Attendez le suivant ; si cela persiste, vérifiez l’heure de votre téléphone.',
    added: 'La connexion en deux étapes est activée. Vos autres sessions ont pris fin.',
    remove: 'Retirer',
    removeTitle: 'Retirer l’application d’authentification ?',
    removeText: 'La connexion demandera désormais une clé d’accès.',
    removeLastText:
      'Le mot de passe seul suffira alors pour se connecter, et vos codes de secours disparaissent. Vous ne pourrez plus entrer dans les espaces de travail qui demandent un second facteur.',
  },
  passkeys: {
    title: 'Clés d’accès',
    hint: 'Connectez-vous avec votre empreinte, votre visage, le code de votre appareil ou une clé de sécurité. Personne ne peut la deviner ni vous la soutirer.',
    none: 'Vous n’en avez pas encore. Une clé d’accès (passkey) remplace le mot de passe, et en est le second facteur.',
    add: 'Ajouter une clé d’accès',
    addHint: 'Donnez-lui un nom. Votre navigateur demande ensuite votre empreinte, visage, code ou clé de sécurité.',
    name: 'Nom',
    nameHint: 'Pour la reconnaître, comme « Portable du bureau »',
    make: 'Continuer',
    added: 'La clé d’accès est ajoutée.',
    addedOn: day => `Ajoutée le ${day}`,
    used: when => `Dernière utilisation ${when}`,
    unused: 'Pas encore utilisée',
    synced: 'Synchronisée',
    rename: 'Renommer',
    remove: 'Retirer',
    removeTitle: name => `Retirer ${name} ?`,
    removeText: 'Elle ne connecte plus personne. Vous pouvez aussi la supprimer de votre appareil.',
    removeLastText:
      'C’est votre dernier second facteur : le mot de passe seul suffira alors pour se connecter, et vos codes de secours disparaissent. Vous ne pourrez plus entrer dans les espaces de travail qui demandent un second facteur.',
    signIn: 'Se connecter avec une clé d’accès',
    use: 'Utiliser une clé d’accès ou de sécurité',
    unknown: 'Cette clé d’accès ne permet pas de se connecter ici. Connectez-vous avec votre mot de passe.',
    needName: 'Les clés d’accès fonctionnent là où Kontor est ouvert sous un nom, et non sous une adresse IP.',
    noBrowser: 'Ce navigateur ne connaît pas les clés d’accès.',
    faults: {
      NotAllowedError: 'C’était annulé, ou trop long. Réessayez.',
      InvalidStateError: 'Cet appareil ou cette clé de sécurité a déjà une clé d’accès à vous.',
      AbortError: 'C’était annulé.',
      NotSupportedError: 'Cet appareil ou cette clé de sécurité ne peut pas créer de clé d’accès pour Kontor.',
      other: 'Le navigateur n’a pas pu demander la clé d’accès. Réessayez, ou prenez un autre appareil.',
    },
  },
  email: {
    hint: 'Vous vous connectez avec elle, et les e-mails y arrivent. Une nouvelle compte une fois confirmée.',
    current: 'Adresse actuelle',
    next: 'Nouvelle adresse',
    same: 'C’est déjà votre adresse',
    send: 'Envoyer le code',
    sent: email =>
      `Un code à six chiffres est en route vers ${email}. Tant que vous ne l’entrez pas ici, rien ne change.`,
    confirm: 'Changer d’adresse',
    done: 'Votre adresse e-mail est changée. Vos autres sessions ont pris fin.',
  },
  sessions: {
    methods: {
      password: 'avec le mot de passe',
      passkey: 'avec une clé d’accès',
      single_sign_on: 'par votre organisation',
      signup: 'depuis l’inscription',
      invitation: 'par une invitation',
    },
    andFactor: way => `${way} et second facteur`,
    onlyFor: workspace => `seulement ${workspace}`,
    endOthers: 'Mettre fin à toutes les autres',
    endOthersText: count =>
      count === 1 ? 'L’autre navigateur est déconnecté.' : `Les ${count} autres navigateurs sont déconnectés.`,
    endedOthers: 'Toutes les autres sessions ont pris fin.',
  },
  deletion: {
    title: 'Supprimer le compte',
    hint: 'Vous quittez tous les espaces de travail. Ce que vous y avez écrit y reste.',
    button: 'Supprimer mon compte',
    ask: 'Supprimer votre compte ?',
    text: 'Il disparaît aussitôt, avec vos sessions, clés d’accès et réglages, et personne ne peut le récupérer. Vos tâches, commentaires et heures restent dans leurs espaces de travail.',
    type: email => `Tapez ${email} pour confirmer`,
    mismatch: 'Ce n’est pas votre adresse',
    lastAdmin:
      'Ici, vous êtes le dernier administrateur. Nommez d’abord quelqu’un d’autre, ou supprimez l’espace de travail :',
    done: 'Votre compte est supprimé.',
  },
  events: {
    title: 'Ce qui s’est passé',
    hint: 'Connexions, échecs et changements de la dernière année. Si ce n’était pas vous, changez votre mot de passe.',
    none: 'Rien pour l’instant',
    sentences: {
      signed_up: () => 'Le compte a été créé',
      signed_in: ({ method, isNewDevice }) =>
        `Connexion${ways[method] ?? ''}${isNewDevice ? ', dans un navigateur encore jamais utilisé' : ''}`,
      sign_in_failed: ({ method }) =>
        method === 'second_factor'
          ? 'Tentative manquée : le second facteur était faux'
          : 'Tentative manquée : le mot de passe était faux',
      locked: ({ until }) =>
        until
          ? `Trop de tentatives manquées : les suivantes attendent jusqu’au ${until}`
          : 'Trop de tentatives manquées : blocage',
      unlocked: ({ by }) =>
        by === 'admin' ? 'Un administrateur de votre espace de travail a levé le blocage' : 'Le blocage a été levé',
      password_reset_requested: () => 'Un code pour réinitialiser le mot de passe a été demandé',
      password_reset: () => 'Le mot de passe a été réinitialisé avec un code ; toutes les sessions ont pris fin',
      password_changed: () => 'Le mot de passe a été changé ; les autres sessions ont pris fin',
      email_change_requested: () => 'Une autre adresse e-mail a été demandée',
      email_changed: ({ from, to }) => `L’adresse e-mail est passée de ${from} à ${to}`,
      totp_added: () => 'Une application d’authentification a été ajoutée',
      totp_removed: ({ by }) => `L’application d’authentification a été retirée${operator(by)}`,
      recovery_codes_made: () => 'De nouveaux codes de secours ont été créés',
      recovery_code_used: () => 'Un code de secours a été utilisé',
      passkey_added: ({ name }) => `La clé d’accès ${name} a été ajoutée`,
      passkey_removed: ({ name, by }) => `La clé d’accès ${name} a été retirée${operator(by)}`,
      session_ended: ({ device }) => `Une session a pris fin : ${device}`,
      sessions_ended: ({ count }) =>
        count === 1 ? 'L’autre session a pris fin' : `${count} autres sessions ont pris fin`,
      token_used_from_new_network: ({ token, workspace, network }) =>
        `Le jeton d’API ${token} de ${workspace} a été utilisé dans un nouveau réseau${network && `, ${network}`}`,
    },
  },
  everybody: {
    title: 'Second facteur',
    hint: 'Qui entre avec un mot de passe le confirme avec une application d’authentification ou une clé d’accès. La connexion de votre organisation a ses propres règles.',
    label: 'Un second facteur pour tous',
    description: 'Cela vaut aussitôt : qui n’en a pas en ajoute un avant d’entrer de nouveau.',
    first: 'Connectez-vous d’abord vous-même avec un second facteur, sinon vous resteriez dehors.',
    setUp: 'En ajouter un',
    on: 'Un second facteur est désormais demandé à tous.',
    off: 'Le second facteur n’est plus demandé.',
  },
}
