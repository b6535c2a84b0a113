/** Every English sentence of the join page. */
export const en = {
  appName: 'meet',
  yourName: 'Your name',
  starts: (when: string, relative: string) => `Starts ${when}, ${relative}`,
  started: (when: string, relative: string) => `Started ${when}, ${relative}`,
  openUntil: (when: string) => `Link open until ${when}`,
  closesSoon: (relative: string) => `The link closes ${relative}`,
  opensSoon: 'The door opens in one minute.',
  doorOpens: (when: string, relative: string) =>
    `The door opens ${when}, ${relative}. Keep this page open: it lets you in by itself.`,
  watching: 'This is a broadcast: you watch and listen. Your camera and microphone stay off.',

  nameMissing: 'Please enter a name, so that the others know who you are.',
  nameInvited: 'Your invite names you.',
  nameRemembered: 'Remembered on this device.',
  nameForget: 'Forget',
  joinNow: 'Join now',
  joining: 'Joining…',
  openInApp: 'Open in the app',
  steps: {
    facts: 'Looking up the meeting…',
    identity: 'Introducing you…',
    authorize: 'Asking for admission…',
    token: 'Getting your pass…',
    sdk: 'Loading the call…',
    join: 'Connecting…',
  },

  preview: {
    starting: 'Starting your camera…',
    ready: 'Camera and microphone are ready.',
    cameraOff: 'Your camera is off.',
    microphoneOff: 'Your microphone is off.',
    bothOff: 'Camera and microphone are off.',
    insecure:
      'This page is open on an insecure address, where browsers give out neither camera nor microphone. Open it on https, or on localhost.',
    askAgain: 'Ask again',
    camera: {
      asked: 'Your camera was not allowed yet.',
      blocked: 'Your camera is blocked.',
      system: 'Your system keeps the camera from this browser.',
      policy: 'This page may not use the camera here: the page around it, or your organisation, forbids it.',
      missing: 'No camera was found.',
      busy: 'Your camera is in use by another program: close that one.',
    },
    microphone: {
      asked: 'Your microphone was not allowed yet.',
      blocked: 'Your microphone is blocked.',
      system: 'Your system keeps the microphone from this browser.',
      policy:
        'This page may not use the microphone here: the page around it, or your organisation, forbids it.',
      missing: 'No microphone was found.',
      busy: 'Your microphone is in use by another program: close that one.',
    },
    both: {
      asked: 'Camera and microphone were not allowed yet.',
      blocked: 'Your camera and your microphone are blocked.',
      system: 'Your system keeps camera and microphone from this browser.',
      policy:
        'This page may use neither camera nor microphone here: the page around it, or your organisation, forbids it.',
      missing: 'Neither a camera nor a microphone was found.',
      busy: 'Camera and microphone are in use by another program: close that one.',
    },
    without: { camera: 'Or join without it.', microphone: 'Without it, the others will not hear you.' },
    neither: 'Without both, the call may not start.',
    allow: {
      chrome: 'Click the icon left of the address, switch camera and microphone on, and it starts by itself.',
      android: 'Tap the icon left of the address, then Permissions, and allow camera and microphone.',
      firefox:
        'Click the crossed-out camera or microphone left of the address, take the block away, then ask again.',
      safari:
        'In the menu bar choose Safari, “Settings for This Website”, and allow camera and microphone. Then ask again.',
      ios: 'Tap the page button beside the address, then “Website Settings”, and allow camera and microphone. Then reload the page.',
      other: 'Allow it for this page in the settings of your browser, then ask again.',
    },
    allowInSystem: {
      mac: 'Open System Settings, “Privacy & Security”, and allow this browser; then start it again.',
      windows: 'Open Settings, “Privacy & security”, and let desktop apps use it.',
      ios: 'Open Settings, then this browser, and allow it.',
      android: 'Open Settings, Apps, this browser, Permissions, and allow it.',
      other: 'Allow it in the privacy settings of your system.',
    },
  },

  devices: {
    title: 'Devices',
    camera: 'Camera',
    microphone: 'Microphone',
    speaker: 'Speaker',
    switches: 'Join with',
    level: 'Microphone level',
    test: 'Test the speaker',
    noSound: 'This speaker could not be used. Choose another one.',
  },

  here: {
    nobody: 'Nobody else is here yet.',
    others: (count: number) => `${count} others`,
    are: (names: string, count: number) => `${names} ${count === 1 ? 'is' : 'are'} here.`,
  },

  arrived: (name: string) => `${name} is in the call.`,
  gone: (name: string) => `${name} left.`,
  joined: 'You are in the call.',
  lost: 'Connection lost. Trying to get back…',
  restored: 'Connected again.',

  left: {
    left: {
      title: 'You left the meeting',
      text: 'Come back whenever you like, as long as the link is open.',
    },
    'timed-out': {
      title: 'You were alone for a while',
      text: 'The call was closed because nobody else was there. You can open it again.',
    },
    lost: {
      title: 'The connection was lost',
      text: 'Check your network, then join again. The others may still be there.',
    },
  },

  denials: {
    NO_IDENTITY: {
      title: 'This invite is not valid any more',
      text: 'It may have expired or been replaced. Ask whoever sent it for a new one.',
    },
    NOT_ALLOWED: {
      title: 'This link does not let you in',
      text: 'Ask the host for the whole link, or for a personal invite.',
    },
    REMOVED: {
      title: 'You were put out of the meeting',
      text: 'Its host did that. Ask them whether you may come again.',
    },
    MEETING_NOT_FOUND: {
      title: 'There is no such meeting',
      text: 'The link may be misspelt or cut off. Compare it with the one you were sent.',
    },
    MEETING_EXPIRED: {
      title: 'This meeting has expired',
      text: 'Its link is closed. Ask the host to extend it or to send a new one.',
    },
    MEETING_ENDED: {
      title: 'This meeting has ended',
      text: 'The host closed it for everybody. Ask for a new link if there is more to say.',
    },
    MEETING_NOT_STARTED: { title: 'Not open yet', text: 'Nobody can come in at the moment.' },
    RATE_LIMITED: {
      title: 'One moment, please',
      text: 'There were too many requests from your network. Wait a minute, then try again.',
    },
    GUESTS_OFF: {
      title: 'Guests are not admitted here',
      text: 'Only people with a personal invite may join. Ask the host for yours.',
    },
  },
  expiredAt: (when: string) => `It was open until ${when}.`,
  endedAt: (when: string) => `It ended ${when}.`,

  failures: {
    UNREACHABLE: {
      title: 'The server cannot be reached',
      text: 'Check your connection, and whether the server is still running. Then try again.',
    },
    SERVER_ERROR: {
      title: 'The server could not do that',
      text: 'Something went wrong on its side. Try again; if it stays, tell whoever runs this server.',
    },
    WRONG_ADDRESS: {
      title: 'The server is not meant to be opened like this',
      text: 'It does not know the name in the address bar as its own. Open the link as it was sent to you.',
    },
    BAD_REQUEST: {
      title: 'The server did not understand',
      text: 'The link may be damaged, or this page out of date. Open the link again as it was sent to you.',
    },
    OTHER_USER_LOGGED_IN: {
      title: 'Another tab is somebody else',
      text: 'This browser takes part in a call under another name. Leave that one, or open the link in a private window.',
    },
    COMETCHAT_FAILED: {
      title: 'The call service refused',
      text: 'CometChat did not hand out a pass. Whoever runs this server should check its CometChat settings.',
    },
    COMETCHAT_UNREACHABLE: {
      title: 'The call service is not available',
      text: 'CometChat did not answer, or has too much to do. Try again in a moment.',
    },
    SDK_NOT_LOADED: {
      title: 'The call could not be loaded',
      text: 'The calls SDK did not arrive or did not run. Check your network and any content blocker, then try again.',
    },
    NO_DEVICES: {
      title: 'The call needs a microphone or a camera',
      text: 'Neither could be used. Allow at least one of them next to the address bar, or plug one in, then try again.',
    },
    CONNECTION_FAILED: {
      title: 'The call could not be connected',
      text: 'The call service did not answer. A firewall or a network change may be in the way. Try again.',
    },
    JOIN_TIMEOUT: {
      title: 'Joining took too long',
      text: 'The call service never confirmed that you are in. Try again.',
    },
    OTHER: {
      title: 'You could not be let in',
      text: 'The call service answered with an error. Try again; if it stays, tell the host.',
    },
  },
  failedWith: (code: string, step: string) => `Details for the host: ${code} (${step})`,
  rejoin: 'Join again',
  retry: 'Try again',

  share: {
    share: 'Share link',
    link: 'Meeting link',
    invitation: (title: string) => `Join “${title}”.`,
    copied: 'Link copied.',
    byHand: 'Copy this link',
    close: 'Close',
    opens: {
      all: 'Whoever has it can join.',
      listed: 'It lets in only the people on this meeting’s list, each with an invite of their own.',
      invited: 'Whoever opens it needs an invite of their own.',
    },
    told: {
      all: '',
      listed: 'You need to be on its list, and an invite of your own.',
      invited: 'You need an invite of your own to get in.',
    },
  },

  backend: { emulator: 'local emulator', cloud: 'CometChat cloud' },
  sdk: (name: string, version: string, backend: string) => `${name} ${version} · ${backend}`,
};

/** What another language has to say. */
export type Texts = typeof en;
