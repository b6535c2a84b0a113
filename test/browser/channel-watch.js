// Runs before the page's own scripts: records what passes over bridge channels, and gives the person a voice.
(() => {
  const urls = [];
  const said = [];
  const heard = [];
  window.WebSocket = new Proxy(window.WebSocket, {
    construct(target, args, newTarget) {
      const socket = Reflect.construct(target, args, newTarget);
      if (!String(args[0]).includes('/colibri-ws/')) return socket;
      urls.push(String(args[0]));
      const send = socket.send.bind(socket);
      socket.send = text => {
        said.push(JSON.parse(text));
        send(text);
      };
      socket.addEventListener('message', ({ data }) => heard.push(JSON.parse(data)));
      return socket;
    },
  });

  // The fake microphone beeps for everybody alike; this one hums while its owner speaks.
  let loud = 0;
  const createVoice = () => {
    const audio = new AudioContext();
    const tone = new OscillatorNode(audio, { frequency: 300 });
    const loudness = new GainNode(audio, { gain: loud });
    const destination = audio.createMediaStreamDestination();
    tone.connect(loudness).connect(destination);
    tone.start();
    return { gain: loudness.gain, track: destination.stream.getAudioTracks()[0] };
  };
  let voice = null;
  const devices = navigator.mediaDevices;
  const ask = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async constraints => {
    const stream = await ask(constraints);
    for (const real of stream.getAudioTracks()) {
      voice ??= createVoice();
      const track = voice.track.clone();
      const { deviceId, groupId } = real.getSettings();
      track.getSettings = () => ({ deviceId, groupId });
      Object.defineProperty(track, 'label', { value: real.label });
      stream.removeTrack(real);
      stream.addTrack(track);
      real.stop();
    }
    return stream;
  };
  window.__channel = {
    urls,
    said,
    heard,
    speak(isSpeaking) {
      // The microphone may be opened later than this is asked.
      loud = isSpeaking ? 0.3 : 0;
      if (voice) voice.gain.value = loud;
    },
  };
})();
