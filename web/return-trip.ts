const SLOT = 'meet.return';

/** Loads the page afresh and joins at once: the way back in where the SDK did not let go of the last session. */
export function reloadToJoin(sessionId: string): void {
  try {
    sessionStorage.setItem(SLOT, sessionId);
  } catch {
    // storage is switched off: the reloaded page stops in the lobby
  }
  location.reload();
}

/** Whether this page was loaded to go straight back into that meeting. Asked once. */
export function takeReturn(sessionId: string): boolean {
  try {
    const wanted = sessionStorage.getItem(SLOT);
    sessionStorage.removeItem(SLOT);
    return wanted === sessionId;
  } catch {
    return false;
  }
}
