import type { SessionSettings } from './types.ts';
import type { V4CallSettingsBuilder, V4Calls } from './v4-types.ts';

type Setter = (builder: V4CallSettingsBuilder, value: never) => void;

/** What v4 knows of v5's settings; the others name things that it does not have. */
const SETTERS: { readonly [Name in keyof SessionSettings]-?: Setter | null } = {
  layout: (builder, layout: 'TILE' | 'SIDEBAR' | 'SPOTLIGHT') =>
    builder.setMode(layout === 'SIDEBAR' ? 'DEFAULT' : layout),
  startAudioMuted: (builder, muted) => builder.startWithAudioMuted(muted),
  startVideoPaused: (builder, paused) => builder.startWithVideoMuted(paused),
  hideToggleAudioButton: (builder, hidden) => builder.showMuteAudioButton(!hidden),
  hideToggleVideoButton: (builder, hidden) => builder.showPauseVideoButton(!hidden),
  hideScreenSharingButton: (builder, hidden) => builder.showScreenShareButton(!hidden),
  hideRecordingButton: (builder, hidden) => builder.showRecordingButton(!hidden),
  hideChangeLayoutButton: (builder, hidden) => builder.showModeButton(!hidden),
  hideVirtualBackgroundButton: (builder, hidden) => builder.showVirtualBackgroundSetting(!hidden),
  // Not settings in v4: see `chooseDevices` and `useSpeaker`.
  audioInputDeviceId: null,
  audioOutputDeviceId: null,
  videoInputDeviceId: null,
  hideShareInviteButton: null,
  hideSwitchCameraButton: null,
  hideStreamingButton: null,
  hideTranscriptionButton: null,
  enableParticipantContextMenu: null,
};

/** v5's settings for v4's builder; of an empty object nothing is set, and v4's own defaults stay. */
export function toV4Settings(calls: V4Calls, settings: SessionSettings): V4CallSettingsBuilder {
  const builder = new calls.CallSettingsBuilder();
  for (const [name, value] of Object.entries(settings)) {
    SETTERS[name as keyof SessionSettings]?.(builder, value as never);
  }
  return builder;
}
