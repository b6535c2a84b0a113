/**
 * Until `over`, who asks for camera or microphone gets silence and a still picture. SDK v4 opens both before it mutes them;
 * whoever only watches a broadcast is to be asked for neither, needs neither, and must not be listened to by mistake.
 */
export function withholdDevices(over: AbortSignal): void {
  const { mediaDevices } = navigator;
  // Browsers hide the whole interface on plain http.
  if (!mediaDevices) return;
  const audio = new AudioContext();
  const ask = mediaDevices.getUserMedia;
  mediaDevices.getUserMedia = async ({ audio: wantsAudio, video: wantsVideo } = {}) =>
    new MediaStream([...(wantsAudio ? silence(audio) : []), ...(wantsVideo ? stillPicture() : [])]);
  over.addEventListener('abort', () => {
    mediaDevices.getUserMedia = ask;
    void audio.close();
  });
}

function silence(audio: AudioContext): MediaStreamTrack[] {
  return audio.createMediaStreamDestination().stream.getAudioTracks();
}

function stillPicture(): MediaStreamTrack[] {
  const canvas = document.createElement('canvas');
  // Firefox captures no canvas that nobody has drawn on.
  canvas.getContext('2d');
  return canvas.captureStream(0).getVideoTracks();
}
