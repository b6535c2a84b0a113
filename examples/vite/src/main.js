import { CometChatCalls } from '@cometchat/calls-sdk-javascript';
import { joinWithV4 } from './join-v4.js';
import { joinWithV5 } from './join-v5.js';

const env = import.meta.env;

// The whole of what makes this the emulator's app and not the cloud's: `host`.
const app = {
  appId: env.VITE_COMETCHAT_APP_ID,
  region: env.VITE_COMETCHAT_REGION,
  // For development only: an auth key logs in as anybody. In production your server hands out auth tokens.
  // meet-check-disable-next-line web/auth-key-in-client -- the emulator's key, which opens nothing else
  authKey: env.VITE_COMETCHAT_AUTH_KEY,
  host: env.VITE_COMETCHAT_HOST,
};

const query = new URLSearchParams(location.search);
const container = document.querySelector('#call');
let leave = null;
let over = false;

if (query.has('as')) start(`cometchat-uid-${query.get('as')}`);

async function start(uid) {
  show('joining', `Joining as ${uid} …`);
  try {
    if (!app.appId || !app.authKey) throw new Error('Put what `meet serve --keys` prints into .env.local.');
    // Rooms are lower-case: the SDK never joins one with capitals, and does not say so.
    const sessionId = (query.get('session') || 'vite-example').toLowerCase();
    const join = 'joinSession' in CometChatCalls ? joinWithV5 : joinWithV4;
    const leaveRoom = await join(CometChatCalls, {
      app,
      uid,
      sessionId,
      container,
      onOver: () => exit('You left.'),
    });
    // Whoever closed the page meanwhile is not in.
    if (over) return leaveRoom();
    leave = leaveRoom;
    show('joined', '');
  } catch (error) {
    // The SDKs reject with plain objects, each with its own words.
    exit(`That did not work: ${error.message ?? error.errorDescription ?? error.code ?? error}`, 'failed');
  }
}

/** The one way out, whoever opens it first: the SDK's button, its events, an error, or the page going away. */
function exit(message, state = 'left') {
  if (over) return;
  over = true;
  leave?.();
  show(state, message);
}

addEventListener('pagehide', () => exit('You left.'));
// A page that the browser kept is shown as it was, but its session is gone.
addEventListener('pageshow', event => event.persisted && location.reload());

function show(state, message) {
  document.body.dataset.state = state;
  document.querySelector('#message').textContent = message;
  const again = Object.assign(document.createElement('a'), {
    href: location.href,
    textContent: 'Join again',
  });
  document.querySelector('#choices').replaceChildren(...(over ? [again] : []));
}
