/**
 * The closed lists of the Calls SDK's two versions. v5 from its type declarations (5.0.1 … 5.0.7), v4 from those of
 * 4.2.6. Whatever is in neither does not exist.
 */
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const V5_MEMBERS = words(`
  init initFromSettings login loginWithAuthToken logout getLoggedInUser getUserAuthToken isUserLoggedIn addLoginListener
  removeLoginListener generateToken joinSession leaveSession endSessionForAll muteAudio unmuteAudio toggleAudio pauseVideo
  resumeVideo toggleVideo switchCamera startScreenSharing stopScreenSharing raiseHand lowerHand toggleHand setLayout
  pinParticipant unpinParticipant muteParticipant pauseParticipantVideo toggleParticipantList showParticipantList
  hideParticipantList setChatButtonUnreadCount startRecording stopRecording toggleRecording startStreaming stopStreaming
  startTranscription stopTranscription getAudioInputDevices getAudioOutputDevices getVideoInputDevices
  getCurrentAudioInputDevice getCurrentAudioOutputDevice getCurrentVideoInputDevice setAudioInputDevice
  setAudioOutputDevice setVideoInputDevice showSettingsDialog hideSettingsDialog showVirtualBackgroundDialog
  hideVirtualBackgroundDialog clearVirtualBackground setVirtualBackgroundBlurLevel setVirtualBackgroundImage
  addEventListener constants`);

const V4_MEMBERS = words(`
  init generateToken startSession endSession joinPresentation addCallEventListener removeCallEventListener muteAudio
  unMuteAudio pauseVideo unPauseVideo resumeVideo switchCamera switchToVideoCall startScreenShare stopScreenShare
  startRecording stopRecording setMode getAudioInputDevices getAudioOutputDevices getVideoInputDevices setAudioInputDevice
  setAudioOutputDevice setVideoInputDevice openVirtualBackground closeVirtualBackground setBackgroundBlur
  setBackgroundImage getCallDetails appSettings isPresenterMode CALL_MODE MODE CallAppSettings CallAppSettingsBuilder
  CallGroup CallLog CallLogRequestBuilder CallSettings CallSettingsBuilder CallUser MainVideoContainerSetting
  OngoingCallListener Participant PresenterSettings PresenterSettingsBuilder Recording`);

const V5_EVENTS = words(`
  onSessionJoined onSessionLeft onConnectionLost onConnectionRestored onRemoteConnectionLost onRemoteConnectionRestored
  onConnectionClosed onConnectionFailed onSessionTimedOut onAudioMuted onAudioUnMuted onVideoPaused onVideoResumed
  onRecordingStarted onRecordingStopped onStreamingStarted onStreamingStopped onScreenShareStarted onScreenShareStopped
  onAudioInputDeviceChanged onAudioOutputDeviceChanged onVideoInputDeviceChanged onAudioInputDevicesChanged
  onAudioOutputDevicesChanged onVideoInputDevicesChanged onParticipantJoined onParticipantLeft onParticipantAudioMuted
  onParticipantAudioUnmuted onParticipantVideoPaused onParticipantVideoResumed onParticipantHandRaised
  onParticipantHandLowered onParticipantStartedScreenShare onParticipantStoppedScreenShare
  onParticipantStartedRecording onParticipantStoppedRecording onParticipantStartedStreaming
  onParticipantStoppedStreaming onDominantSpeakerChanged onParticipantListChanged onLeaveSessionButtonClicked
  onRaiseHandButtonClicked onShareInviteButtonClicked onChangeLayoutButtonClicked onParticipantListButtonClicked
  onToggleAudioButtonClicked onToggleVideoButtonClicked onRecordingToggleButtonClicked onScreenShareButtonClicked
  onChatButtonClicked onCallLayoutChanged onParticipantListVisible onParticipantListHidden`);

const V4_EVENTS = words(`
  onUserJoined onUserLeft onUserListUpdated onMediaDeviceListUpdated onRecordingStarted onRecordingStopped
  onScreenShareStarted onScreenShareStopped onUserMuted onUserUnMuted onCallSwitchedToVideo onCallEnded
  onSessionTimeout onCallEndButtonPressed onError onYouLeft onYouJoined`);

const HIDES = words(`
  ControlPanel HeaderPanel LeaveSessionButton RaiseHandButton ShareInviteButton ChangeLayoutButton ToggleAudioButton
  ToggleVideoButton ParticipantListButton ChatButton SessionTimer NetworkIndicator RecordingButton
  RecordingStatusIndicator StreamingButton StreamingStatusIndicator SwitchCameraButton ClosedCaptionButton
  TranscriptionButton ScreenSharingButton VirtualBackgroundButton`);

const V5_SETTINGS = [
  ...words(`sessionType layout title displayName startAudioMuted startVideoPaused initialCameraFacing autoStartRecording
    autoStartTranscription streamUrl streamKey captionLanguage isPeerCall idleTimeoutPeriodBeforePrompt
    idleTimeoutPeriodAfterPrompt enableNotifications enableParticipantContextMenu enableSpotlightDrag
    enableNoiseReduction audioInputDeviceId audioOutputDeviceId videoInputDeviceId virtualBackground`),
  ...HIDES.map(part => `hide${part}`),
];

/** By kind: what v4 and v5 know. */
export const KNOWN = {
  member: { 4: new Set(V4_MEMBERS), 5: new Set(V5_MEMBERS) },
  event: { 4: new Set(V4_EVENTS), 5: new Set(V5_EVENTS) },
  /** Of `joinSession`; v4 has a builder instead. */
  setting: { 4: new Set<string>(), 5: new Set(V5_SETTINGS) },
} as const;

/** v5 keeps v4's names as deprecated aliases, so a name of either version exists in both. */
export function isKnown(kind: keyof typeof KNOWN, name: string): boolean {
  return KNOWN[kind][4].has(name) || KNOWN[kind][5].has(name);
}

/** Every name of a kind, to find the one that was meant. */
export function knownNames(kind: keyof typeof KNOWN): string[] {
  return [...new Set([...KNOWN[kind][5], ...KNOWN[kind][4]])];
}
