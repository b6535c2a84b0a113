// Runs in a page before its first script: its camera is small and slow, whatever is asked of it. Two cores have to do
// the encoding and decoding of everybody in the room.
(() => {
  const devices = navigator.mediaDevices;
  const ask = devices.getUserMedia.bind(devices);
  const small = { width: 320, height: 180, frameRate: 10 };
  devices.getUserMedia = wanted => ask(wanted?.video ? { ...wanted, video: small } : wanted);
})();
