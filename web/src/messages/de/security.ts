import type { security as english } from '#web/messages/en/security.ts'

const ways: Record<string, string> = {
  password: ' mit dem Passwort',
  passkey: ' mit einem Passkey',
  single_sign_on: ' über Ihre Organisation',
}
const operator = (by: string) => (by === 'operator' ? ' vom Betreiber' : '')

export const security: typeof english = {
  tab: 'Sicherheit',
  activityTab: 'Aktivität',
  ownSession: {
    title: 'Ihre Organisation hat Sie angemeldet',
    text: 'Für diese Einstellungen melden Sie sich selbst an: mit einem Passwort oder einem Passkey. Haben Sie noch kein Passwort, setzen Sie eines über „Passwort vergessen?“.',
    signIn: 'Selbst anmelden',
  },
  proof: {
    title: 'Bestätigen Sie, dass Sie es sind',
    hint: 'Das ändert, wie man in Ihr Konto kommt. Danach fragen wir zehn Minuten lang nicht mehr.',
    thenPasskey: 'Danach fragt Ihr Browser nach Ihrem Passkey oder Sicherheitsschlüssel.',
    refused: 'Sie haben nicht bestätigt, dass Sie es sind. Nichts wurde geändert.',
  },
  second: {
    title: 'Noch ein Schritt',
    hint: 'Das Passwort stimmt. Zeigen Sie nun mit Ihrem zweiten Faktor, dass Sie es sind.',
    or: 'oder',
    wrong: 'Das war es nicht, oder es wurde schon benutzt. Versuchen Sie es noch einmal.',
  },
  codes: {
    title: 'Wiederherstellungscodes',
    hint: 'Für den Fall, dass App oder Passkey nicht zur Hand sind. Jeder meldet einmal an.',
    ofApp: 'Code Ihrer Authenticator-App',
    recovery: 'Wiederherstellungscode',
    recoveryHint: 'Einer der zehn, die Sie aufbewahrt haben, etwa abcd-efgh-jkmn-… Jeder gilt einmal.',
    useRecovery: 'Wiederherstellungscode verwenden',
    useApp: 'Code der App verwenden',
    left: count => `Noch ${count}`,
    renew: 'Neue Codes',
    renewTitle: 'Neue Wiederherstellungscodes erstellen?',
    renewText: 'Die bisherigen gelten sofort nicht mehr.',
    once: 'Bewahren Sie diese Codes dort auf, wo Sie sie ohne Ihr Telefon finden. Sie werden nicht noch einmal angezeigt. Jeder meldet einmal an.',
    heading: (email, day) => `Wiederherstellungscodes von Kontor für ${email}, ${day}`,
    download: 'Herunterladen',
    print: 'Drucken',
    kept: 'Ich habe sie aufbewahrt',
    done: 'Fertig',
  },
  twoSteps: {
    title: 'Anmeldung in zwei Schritten',
    hint: 'Neben dem Passwort etwas, das nur Sie haben. Wer Ihr Passwort erfährt, kommt dann noch nicht hinein.',
    app: 'Authenticator-App',
    appHint: 'Eine App auf Ihrem Telefon zeigt einen Code, der sich alle 30 Sekunden ändert.',
    on: 'An',
    since: day => `Seit ${day}`,
    add: 'Hinzufügen',
    addTitle: 'Authenticator-App hinzufügen',
    steps: [
      'Öffnen Sie eine Authenticator-App auf Ihrem Telefon. Haben Sie keine, installieren Sie eine; jede ist recht.',
      'Scannen Sie damit dieses Bild.',
      'Geben Sie den Code ein, den sie anzeigt.',
    ],
    qrCode: 'QR-Code mit dem Geheimnis für die Authenticator-App; dasselbe Geheimnis steht darunter als Text',
    cannotScan: 'Können Sie ihn nicht scannen, geben Sie dies in der App ein:',
    secret: 'Geheimnis',
    confirm: 'Einschalten',
    codeWrong: 'Dieser Code passt nicht. Warten Sie auf den nächsten; bleibt es so, prüfen Sie die Uhr Ihres Telefons.',
    added: 'Die Anmeldung in zwei Schritten ist an. Ihre anderen Sitzungen sind beendet.',
    remove: 'Entfernen',
    removeTitle: 'Die Authenticator-App entfernen?',
    removeText: 'Bei der Anmeldung wird von nun an nach einem Passkey gefragt.',
    removeLastText:
      'Dann genügt das Passwort zur Anmeldung, und Ihre Wiederherstellungscodes verfallen. Arbeitsbereiche, die einen zweiten Faktor verlangen, können Sie dann nicht mehr betreten.',
  },
  passkeys: {
    title: 'Passkeys',
    hint: 'Melden Sie sich mit Fingerabdruck, Gesicht, der PIN Ihres Geräts oder einem Sicherheitsschlüssel an. Niemand kann ihn erraten oder Ihnen entlocken.',
    none: 'Sie haben noch keinen. Ein Passkey ersetzt das Passwort und ist ein zweiter Faktor daneben.',
    add: 'Passkey hinzufügen',
    addHint:
      'Geben Sie ihm einen Namen. Dann fragt Ihr Browser nach Fingerabdruck, Gesicht, PIN oder Sicherheitsschlüssel.',
    name: 'Name',
    nameHint: 'An dem Sie ihn erkennen, etwa „Laptop im Büro“',
    make: 'Weiter',
    added: 'Der Passkey ist hinzugefügt.',
    addedOn: day => `Hinzugefügt am ${day}`,
    used: when => `Zuletzt benutzt ${when}`,
    unused: 'Noch nicht benutzt',
    synced: 'Synchronisiert',
    rename: 'Umbenennen',
    remove: 'Entfernen',
    removeTitle: name => `${name} entfernen?`,
    removeText: 'Er meldet niemanden mehr an. Auf Ihrem Gerät können Sie ihn ebenfalls löschen.',
    removeLastText:
      'Es ist Ihr letzter zweiter Faktor: Dann genügt das Passwort zur Anmeldung, und Ihre Wiederherstellungscodes verfallen. Arbeitsbereiche, die einen zweiten Faktor verlangen, können Sie dann nicht mehr betreten.',
    signIn: 'Mit einem Passkey anmelden',
    use: 'Passkey oder Sicherheitsschlüssel verwenden',
    unknown: 'Mit diesem Passkey können Sie sich hier nicht anmelden. Melden Sie sich mit Ihrem Passwort an.',
    needName: 'Passkeys funktionieren, wo Kontor unter einem Namen geöffnet ist, nicht unter einer IP-Adresse.',
    noBrowser: 'Dieser Browser kennt keine Passkeys.',
    faults: {
      NotAllowedError: 'Es wurde abgebrochen oder dauerte zu lange. Versuchen Sie es noch einmal.',
      InvalidStateError: 'Dieses Gerät oder dieser Sicherheitsschlüssel hat schon einen Passkey von Ihnen.',
      AbortError: 'Es wurde abgebrochen.',
      NotSupportedError: 'Dieses Gerät oder dieser Sicherheitsschlüssel kann keinen Passkey für Kontor erstellen.',
      other:
        'Der Browser konnte nicht nach dem Passkey fragen. Versuchen Sie es noch einmal, oder nehmen Sie ein anderes Gerät.',
    },
  },
  email: {
    hint: 'Damit melden Sie sich an, und dorthin gehen Mails. Eine neue gilt, sobald Sie sie bestätigt haben.',
    current: 'Adresse jetzt',
    next: 'Neue Adresse',
    same: 'Das ist schon Ihre Adresse',
    send: 'Code senden',
    sent: email => `Ein sechsstelliger Code ist unterwegs an ${email}. Bis Sie ihn hier eingeben, ändert sich nichts.`,
    confirm: 'Adresse ändern',
    done: 'Ihre E-Mail-Adresse ist geändert. Ihre anderen Sitzungen sind beendet.',
  },
  sessions: {
    methods: {
      password: 'mit dem Passwort',
      passkey: 'mit einem Passkey',
      single_sign_on: 'über Ihre Organisation',
      signup: 'seit der Registrierung',
      invitation: 'mit einer Einladung',
    },
    andFactor: way => `${way} und zweitem Faktor`,
    onlyFor: workspace => `nur ${workspace}`,
    endOthers: 'Alle anderen beenden',
    endOthersText: count =>
      count === 1 ? 'Der andere Browser wird abgemeldet.' : `Die ${count} anderen Browser werden abgemeldet.`,
    endedOthers: 'Alle anderen Sitzungen sind beendet.',
  },
  deletion: {
    title: 'Konto löschen',
    hint: 'Sie verlassen alle Arbeitsbereiche. Was Sie dort geschrieben haben, bleibt.',
    button: 'Mein Konto löschen',
    ask: 'Ihr Konto löschen?',
    text: 'Es verschwindet sofort, mit Ihren Sitzungen, Passkeys und Einstellungen, und niemand kann es zurückholen. Ihre Aufgaben, Kommentare und Stunden bleiben in ihren Arbeitsbereichen.',
    type: email => `Zur Bestätigung ${email} eingeben`,
    mismatch: 'Das ist nicht Ihre Adresse',
    lastAdmin:
      'Hier sind Sie der letzte Administrator. Machen Sie zuerst jemand anderen dazu, oder löschen Sie den Arbeitsbereich:',
    done: 'Ihr Konto ist gelöscht.',
  },
  events: {
    title: 'Was geschehen ist',
    hint: 'Anmeldungen, Fehlversuche und Änderungen des letzten Jahres. Waren Sie es nicht, ändern Sie Ihr Passwort.',
    none: 'Noch nichts',
    sentences: {
      signed_up: () => 'Das Konto wurde angelegt',
      signed_in: ({ method, isNewDevice }) =>
        `Anmeldung${ways[method] ?? ''}${isNewDevice ? ', in einem bisher nicht benutzten Browser' : ''}`,
      sign_in_failed: ({ method }) =>
        method === 'second_factor'
          ? 'Fehlversuch: Der zweite Faktor war falsch'
          : 'Fehlversuch: Das Passwort war falsch',
      locked: ({ until }) =>
        until ? `Zu viele Fehlversuche: Weitere warten bis ${until}` : 'Zu viele Fehlversuche: gesperrt',
      unlocked: ({ by }) =>
        by === 'admin'
          ? 'Ein Administrator Ihres Arbeitsbereichs hat die Sperre aufgehoben'
          : 'Die Sperre wurde aufgehoben',
      password_reset_requested: () => 'Ein Code zum Zurücksetzen des Passworts wurde angefordert',
      password_reset: () => 'Das Passwort wurde mit einem Code zurückgesetzt; alle Sitzungen wurden beendet',
      password_changed: () => 'Das Passwort wurde geändert; die anderen Sitzungen wurden beendet',
      email_change_requested: () => 'Eine andere E-Mail-Adresse wurde angefordert',
      email_changed: ({ from, to }) => `Die E-Mail-Adresse wurde von ${from} in ${to} geändert`,
      totp_added: () => 'Eine Authenticator-App wurde hinzugefügt',
      totp_removed: ({ by }) => `Die Authenticator-App wurde${operator(by)} entfernt`,
      recovery_codes_made: () => 'Neue Wiederherstellungscodes wurden erstellt',
      recovery_code_used: () => 'Ein Wiederherstellungscode wurde benutzt',
      passkey_added: ({ name }) => `Der Passkey ${name} wurde hinzugefügt`,
      passkey_removed: ({ name, by }) => `Der Passkey ${name} wurde${operator(by)} entfernt`,
      session_ended: ({ device }) => `Eine Sitzung wurde beendet: ${device}`,
      sessions_ended: ({ count }) =>
        count === 1 ? 'Die andere Sitzung wurde beendet' : `${count} andere Sitzungen wurden beendet`,
      token_used_from_new_network: ({ token, workspace, network }) =>
        `Das API-Token ${token} von ${workspace} wurde in einem neuen Netz benutzt${network && `, ${network}`}`,
    },
  },
  everybody: {
    title: 'Zweiter Faktor',
    hint: 'Wer mit einem Passwort hereinkommt, bestätigt es mit einer Authenticator-App oder einem Passkey. Für die Anmeldung über Ihre Organisation gelten deren eigene Regeln.',
    label: 'Alle brauchen einen zweiten Faktor',
    description: 'Es gilt sofort: Wer keinen hat, richtet erst einen ein, bevor er wieder hereinkommt.',
    first: 'Melden Sie sich zuerst selbst mit einem zweiten Faktor an, sonst sperren Sie sich aus.',
    setUp: 'Einen einrichten',
    on: 'Alle brauchen jetzt einen zweiten Faktor.',
    off: 'Ein zweiter Faktor wird nicht mehr verlangt.',
  },
}
