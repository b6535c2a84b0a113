import type { MeetingFacts } from './api.ts';
import type { SessionSettings } from './sdk/types.ts';

/** In a broadcast hosts speak, and everybody else watches and listens. */
export function onlyWatches({ broadcast, role }: Pick<MeetingFacts, 'broadcast' | 'role'>): boolean {
  return broadcast && role !== 'host';
}

/**
 * What the SDK is asked for by those who only watch: nothing on, and no control that is not theirs. It is a courtesy of
 * the page; that nobody gets their media is the server's business.
 */
const WATCHING: SessionSettings = {
  layout: 'SIDEBAR',
  startAudioMuted: true,
  startVideoPaused: true,
  hideToggleAudioButton: true,
  hideToggleVideoButton: true,
  hideSwitchCameraButton: true,
  hideScreenSharingButton: true,
  hideRecordingButton: true,
  hideStreamingButton: true,
  hideTranscriptionButton: true,
  hideVirtualBackgroundButton: true,
  hideChangeLayoutButton: true,
  enableParticipantContextMenu: false,
};

/** The SDK's defaults, but that it hides this button, which the page has an answer to. */
const USUAL: SessionSettings = { hideShareInviteButton: false };

/** What to ask the SDK for: as little as can be, since its own defaults are what is proven to work. */
export function settingsFor(visit: Pick<MeetingFacts, 'broadcast' | 'role'>): SessionSettings {
  return onlyWatches(visit) ? { ...USUAL, ...WATCHING } : USUAL;
}
