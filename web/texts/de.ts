import type { Texts } from './en.ts';

/** Every German sentence of the join page. */
export const de: Texts = {
  appName: 'meet',
  yourName: 'Ihr Name',
  starts: (when, relative) => `Beginnt ${when}, ${relative}`,
  started: (when, relative) => `Begann ${when}, ${relative}`,
  openUntil: when => `Der Link gilt bis ${when}`,
  closesSoon: relative => `Der Link schließt ${relative}`,
  opensSoon: 'In einer Minute wird geöffnet.',
  doorOpens: (when, relative) =>
    `Die Tür öffnet ${when}, ${relative}. Lassen Sie diese Seite offen: Sie lässt Sie dann von selbst hinein.`,
  watching: 'Das ist eine Übertragung: Sie sehen und hören zu. Ihre Kamera und Ihr Mikrofon bleiben aus.',

  nameMissing: 'Bitte geben Sie einen Namen ein, damit die anderen wissen, wer Sie sind.',
  nameInvited: 'Ihr Name steht in Ihrer Einladung.',
  nameRemembered: 'Auf diesem Gerät gemerkt.',
  nameForget: 'Vergessen',
  joinNow: 'Jetzt beitreten',
  joining: 'Beitritt…',
  openInApp: 'In der App öffnen',
  steps: {
    facts: 'Die Besprechung wird gesucht…',
    identity: 'Sie werden vorgestellt…',
    authorize: 'Um Einlass wird gebeten…',
    token: 'Ihr Pass wird geholt…',
    sdk: 'Der Anruf wird geladen…',
    join: 'Die Verbindung wird aufgebaut…',
  },

  preview: {
    starting: 'Ihre Kamera wird gestartet…',
    ready: 'Kamera und Mikrofon sind bereit.',
    cameraOff: 'Ihre Kamera ist aus.',
    microphoneOff: 'Ihr Mikrofon ist aus.',
    bothOff: 'Kamera und Mikrofon sind aus.',
    insecure:
      'Diese Seite ist unter einer unsicheren Adresse geöffnet; dort geben Browser weder Kamera noch Mikrofon heraus. Öffnen Sie sie über https oder auf localhost.',
    askAgain: 'Noch einmal fragen',
    camera: {
      asked: 'Ihre Kamera ist noch nicht erlaubt.',
      blocked: 'Ihre Kamera ist gesperrt.',
      system: 'Ihr System gibt diesem Browser die Kamera nicht.',
      policy:
        'Diese Seite darf die Kamera hier nicht benutzen: die Seite um sie herum oder Ihre Organisation verbietet es.',
      missing: 'Es wurde keine Kamera gefunden.',
      busy: 'Ihre Kamera wird von einem anderen Programm benutzt: schließen Sie es.',
    },
    microphone: {
      asked: 'Ihr Mikrofon ist noch nicht erlaubt.',
      blocked: 'Ihr Mikrofon ist gesperrt.',
      system: 'Ihr System gibt diesem Browser das Mikrofon nicht.',
      policy:
        'Diese Seite darf das Mikrofon hier nicht benutzen: die Seite um sie herum oder Ihre Organisation verbietet es.',
      missing: 'Es wurde kein Mikrofon gefunden.',
      busy: 'Ihr Mikrofon wird von einem anderen Programm benutzt: schließen Sie es.',
    },
    both: {
      asked: 'Kamera und Mikrofon sind noch nicht erlaubt.',
      blocked: 'Ihre Kamera und Ihr Mikrofon sind gesperrt.',
      system: 'Ihr System gibt diesem Browser weder Kamera noch Mikrofon.',
      policy:
        'Diese Seite darf hier weder Kamera noch Mikrofon benutzen: die Seite um sie herum oder Ihre Organisation verbietet es.',
      missing: 'Es wurde weder eine Kamera noch ein Mikrofon gefunden.',
      busy: 'Kamera und Mikrofon werden von einem anderen Programm benutzt: schließen Sie es.',
    },
    without: {
      camera: 'Oder treten Sie ohne sie bei.',
      microphone: 'Ohne Mikrofon hören die anderen Sie nicht.',
    },
    neither: 'Ohne beides kommt der Anruf vielleicht nicht zustande.',
    allow: {
      chrome:
        'Klicken Sie auf das Symbol links neben der Adresse und schalten Sie Kamera und Mikrofon ein; dann geht es von selbst weiter.',
      android:
        'Tippen Sie auf das Symbol links neben der Adresse, dann auf „Berechtigungen“, und erlauben Sie Kamera und Mikrofon.',
      firefox:
        'Klicken Sie links neben der Adresse auf die durchgestrichene Kamera oder das Mikrofon, heben Sie die Sperre auf und fragen Sie noch einmal.',
      safari:
        'Wählen Sie in der Menüleiste Safari, „Einstellungen für diese Website“, und erlauben Sie Kamera und Mikrofon. Fragen Sie dann noch einmal.',
      ios: 'Tippen Sie auf die Seitentaste neben der Adresse, dann auf „Website-Einstellungen“, und erlauben Sie Kamera und Mikrofon. Laden Sie die Seite dann neu.',
      other: 'Erlauben Sie es dieser Seite in den Einstellungen Ihres Browsers und fragen Sie noch einmal.',
    },
    allowInSystem: {
      mac: 'Öffnen Sie Systemeinstellungen, „Datenschutz & Sicherheit“, und erlauben Sie es diesem Browser; starten Sie ihn dann neu.',
      windows: 'Öffnen Sie Einstellungen, „Datenschutz und Sicherheit“, und erlauben Sie es Desktop-Apps.',
      ios: 'Öffnen Sie Einstellungen, dann diesen Browser, und erlauben Sie es.',
      android: 'Öffnen Sie Einstellungen, Apps, diesen Browser, Berechtigungen, und erlauben Sie es.',
      other: 'Erlauben Sie es in den Datenschutzeinstellungen Ihres Systems.',
    },
  },

  devices: {
    title: 'Geräte',
    camera: 'Kamera',
    microphone: 'Mikrofon',
    speaker: 'Lautsprecher',
    switches: 'Beitreten mit',
    level: 'Mikrofonpegel',
    test: 'Lautsprecher testen',
    noSound: 'Dieser Lautsprecher ließ sich nicht benutzen. Wählen Sie einen anderen.',
  },

  here: {
    nobody: 'Noch ist sonst niemand da.',
    others: count => `${count} weitere`,
    are: (names, count) => `${names} ${count === 1 ? 'ist' : 'sind'} da.`,
  },

  arrived: name => `${name} ist im Anruf.`,
  gone: name => `${name} ist gegangen.`,
  joined: 'Sie sind im Anruf.',
  lost: 'Verbindung verloren. Es wird versucht, sie wiederherzustellen…',
  restored: 'Wieder verbunden.',

  left: {
    left: {
      title: 'Sie haben die Besprechung verlassen',
      text: 'Kommen Sie zurück, wann Sie möchten, solange der Link gilt.',
    },
    'timed-out': {
      title: 'Sie waren eine Weile allein',
      text: 'Der Anruf wurde beendet, weil sonst niemand da war. Sie können ihn wieder öffnen.',
    },
    lost: {
      title: 'Die Verbindung ist abgebrochen',
      text: 'Prüfen Sie Ihr Netz und treten Sie dann wieder bei. Die anderen sind vielleicht noch da.',
    },
  },

  denials: {
    NO_IDENTITY: {
      title: 'Diese Einladung gilt nicht mehr',
      text: 'Sie ist abgelaufen oder wurde ersetzt. Bitten Sie den Absender um eine neue.',
    },
    NOT_ALLOWED: {
      title: 'Mit diesem Link kommen Sie nicht hinein',
      text: 'Kopieren Sie den ganzen Link noch einmal, mit allem hinter dem #. Hilft das nicht, bitten Sie den Gastgeber um eine persönliche Einladung.',
    },
    REMOVED: {
      title: 'Sie wurden aus der Besprechung entfernt',
      text: 'Das war der Gastgeber. Fragen Sie ihn, ob Sie wiederkommen dürfen.',
    },
    MEETING_NOT_FOUND: {
      title: 'Diese Besprechung gibt es nicht',
      text: 'Der Link ist vielleicht falsch geschrieben oder abgeschnitten. Vergleichen Sie ihn mit dem, den Sie bekommen haben.',
    },
    MEETING_EXPIRED: {
      title: 'Diese Besprechung ist abgelaufen',
      text: 'Der Link gilt nicht mehr. Bitten Sie den Gastgeber, ihn zu verlängern oder einen neuen zu schicken.',
    },
    MEETING_ENDED: {
      title: 'Diese Besprechung ist beendet',
      text: 'Der Gastgeber hat sie für alle geschlossen. Bitten Sie um einen neuen Link, wenn es noch etwas zu besprechen gibt.',
    },
    MEETING_NOT_STARTED: { title: 'Noch nicht geöffnet', text: 'Im Augenblick kommt niemand hinein.' },
    RATE_LIMITED: {
      title: 'Einen Augenblick bitte',
      text: 'Aus Ihrem Netz kamen zu viele Anfragen. Warten Sie eine Minute und versuchen Sie es dann noch einmal.',
    },
    GUESTS_OFF: {
      title: 'Gäste haben hier keinen Zutritt',
      text: 'Nur Personen mit einer persönlichen Einladung können beitreten. Bitten Sie den Gastgeber um Ihre.',
    },
  },
  expiredAt: when => `Sie war bis ${when} geöffnet.`,
  endedAt: when => `Sie wurde ${when} beendet.`,

  failures: {
    UNREACHABLE: {
      title: 'Der Server ist nicht erreichbar',
      text: 'Prüfen Sie Ihre Verbindung, und ob der Server noch läuft. Versuchen Sie es dann noch einmal.',
    },
    SERVER_ERROR: {
      title: 'Der Server konnte das nicht tun',
      text: 'Bei ihm ging etwas schief. Versuchen Sie es noch einmal; bleibt es dabei, sagen Sie es dem Betreiber dieses Servers.',
    },
    WRONG_ADDRESS: {
      title: 'So ist der Server nicht gemeint',
      text: 'Den Namen in der Adresszeile kennt er nicht als seinen. Öffnen Sie den Link so, wie er Ihnen geschickt wurde.',
    },
    BAD_REQUEST: {
      title: 'Der Server hat das nicht verstanden',
      text: 'Der Link kann beschädigt sein oder diese Seite veraltet. Öffnen Sie den Link noch einmal so, wie er Ihnen geschickt wurde.',
    },
    OTHER_USER_LOGGED_IN: {
      title: 'Ein anderer Tab ist jemand anderes',
      text: 'Dieser Browser nimmt unter einem anderen Namen an einem Anruf teil. Verlassen Sie ihn, oder öffnen Sie den Link in einem privaten Fenster.',
    },
    COMETCHAT_FAILED: {
      title: 'Der Anrufdienst hat abgelehnt',
      text: 'CometChat hat keinen Pass ausgestellt. Der Betreiber dieses Servers sollte die CometChat-Einstellungen prüfen.',
    },
    COMETCHAT_UNREACHABLE: {
      title: 'Der Anrufdienst steht nicht bereit',
      text: 'CometChat antwortete nicht oder hat zu viel zu tun. Versuchen Sie es gleich noch einmal.',
    },
    SDK_NOT_LOADED: {
      title: 'Der Anruf konnte nicht geladen werden',
      text: 'Das Calls SDK kam nicht an oder lief nicht. Prüfen Sie Ihr Netz und Ihre Inhaltsblocker und versuchen Sie es dann noch einmal.',
    },
    NO_DEVICES: {
      title: 'Der Anruf braucht ein Mikrofon oder eine Kamera',
      text: 'Keines von beiden war benutzbar. Erlauben Sie mindestens eines neben der Adresszeile, oder schließen Sie eines an, und versuchen Sie es dann noch einmal.',
    },
    CONNECTION_FAILED: {
      title: 'Der Anruf konnte nicht verbunden werden',
      text: 'Der Anrufdienst hat nicht geantwortet. Eine Firewall oder ein Netzwechsel kann im Weg sein. Versuchen Sie es noch einmal.',
    },
    JOIN_TIMEOUT: {
      title: 'Der Beitritt hat zu lange gedauert',
      text: 'Der Anrufdienst hat nie bestätigt, dass Sie dabei sind. Versuchen Sie es noch einmal.',
    },
    OTHER: {
      title: 'Sie konnten nicht eingelassen werden',
      text: 'Der Anrufdienst hat mit einem Fehler geantwortet. Versuchen Sie es noch einmal; bleibt es dabei, sagen Sie es dem Gastgeber.',
    },
  },
  failedWith: (code, step) => `Für den Gastgeber: ${code} (${step})`,
  rejoin: 'Wieder beitreten',
  retry: 'Noch einmal versuchen',

  share: {
    share: 'Link teilen',
    link: 'Link zur Besprechung',
    invitation: title => `Zur Besprechung „${title}“.`,
    copied: 'Link kopiert.',
    byHand: 'Diesen Link kopieren',
    close: 'Schließen',
    opens: {
      all: 'Wer ihn hat, kann teilnehmen.',
      listed: 'Er lässt nur ein, wer auf der Liste steht, jeweils mit eigener Einladung.',
      invited: 'Wer ihn öffnet, braucht eine eigene Einladung.',
    },
    told: {
      all: '',
      listed: 'Sie müssen auf der Liste stehen und brauchen eine eigene Einladung.',
      invited: 'Sie brauchen eine eigene Einladung, um hineinzukommen.',
    },
  },

  backend: { emulator: 'lokaler Emulator', cloud: 'CometChat-Cloud' },
  sdk: (name, version, backend) => `${name} ${version} · ${backend}`,
};
