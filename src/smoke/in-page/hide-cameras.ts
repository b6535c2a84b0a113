// A machine that has no camera, as far as the page can tell.

/** Cameras are neither listed nor granted; the words are Chromium's own. */
export function hideCameras(): void {
  if (!('mediaDevices' in navigator)) return;
  const { getUserMedia: ask, enumerateDevices: list } = MediaDevices.prototype;
  MediaDevices.prototype.getUserMedia = async function (constraints) {
    // One missing device refuses the whole request, as on a real machine.
    if (constraints?.video) throw new DOMException('Requested device not found', 'NotFoundError');
    return ask.call(this, constraints);
  };
  MediaDevices.prototype.enumerateDevices = async function () {
    const devices = await list.call(this);
    return devices.filter(({ kind }) => kind !== 'videoinput');
  };
}
