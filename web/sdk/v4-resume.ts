/** What lib-jitsi-meet keeps of its XMPP connection (Strophe), as far as resuming it goes. */
interface StropheConnection {
  handlers: unknown[];
  readonly streamManagement?: {
    _resumeState?: { readonly handlers: readonly unknown[] };
    statusChanged(status: number, ...rest: unknown[]): void;
    mended?: boolean;
  };
}

export interface V4Conference {
  readonly connection?: {
    readonly xmpp?: { readonly connection?: { readonly _stropheConn?: StropheConnection } };
  };
}

const BIND_REQUIRED = 11;

/**
 * Makes SDK v4 able to go on after a lost signalling socket. It dials again and resumes its session (XEP-0198), and puts
 * its stanza handlers back just then; but Strophe is going through them at that moment, and overwrites them when it is
 * done. Nobody hears the server's answer, and the call goes on deaf. So they are put back once more, right after.
 */
export function mendResume(conference: V4Conference | undefined): void {
  const strophe = conference?.connection?.xmpp?.connection?._stropheConn;
  const management = strophe?.streamManagement;
  if (!strophe || !management || management.mended) return;
  management.mended = true;
  const told = management.statusChanged;
  management.statusChanged = function (status, ...rest) {
    told.call(this, status, ...rest);
    const kept = status === BIND_REQUIRED ? this._resumeState?.handlers : undefined;
    if (!kept) return;
    queueMicrotask(() => {
      strophe.handlers = [...new Set([...kept, ...strophe.handlers])];
    });
  };
}
