import { describeProblem, joinMeeting } from './join-meeting.ts';
import './call-room.css';

/** Puts the room of one meeting over the page: a lobby, the call, and what comes after it. Returns what takes it away. */
export function openCallRoom(meetingId: string): () => void {
  // Here from the start, and as large as the window: where it has no size the SDK shows nothing.
  const container = document.createElement('div');
  container.style.cssText = 'position: fixed; top: 0; left: 0; width: 100vw; height: 100vh';
  const lobby = createLobby();
  document.body.append(container, lobby.main);
  const leaving = new AbortController();

  async function join() {
    lobby.show('Joining …');
    try {
      await joinMeeting(meetingId, {
        container,
        signal: leaving.signal,
        onOver: () => lobby.show('You left the meeting.', 'Join again', join),
      });
      lobby.main.hidden = true;
    } catch (error) {
      // With a fresh page: nobody knows how far the SDK got.
      lobby.show(describeProblem(error), 'Try again', () => window.location.reload());
    }
  }

  lobby.show('', 'Join', join);
  return () => {
    leaving.abort();
    container.remove();
    lobby.main.remove();
  };
}

function createLobby() {
  const main = document.createElement('main');
  main.className = 'meet-lobby';
  const status = document.createElement('p');
  status.setAttribute('role', 'status');
  const button = document.createElement('button');
  button.type = 'button';
  main.append(Object.assign(document.createElement('h1'), { textContent: 'Meeting' }), status, button);
  return {
    main,
    show(message: string, label = '', onClick: (() => void) | null = null) {
      main.hidden = false;
      status.textContent = message;
      button.textContent = label;
      button.hidden = label === '';
      button.onclick = onClick;
    },
  };
}
