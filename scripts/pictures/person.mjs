// Runs inside the page: a camera that shows a person, since Chromium's own fake camera shows a green disc to everybody.

/** Replaces the camera by a drawn portrait in these colours. */
export function drawPerson({ from, to }) {
  const original = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async constraints => {
    const stream = await original(constraints);
    if (!constraints.video) return stream;
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [640, 360];
    const pencil = canvas.getContext('2d');
    const disc = (x, y, radius) => {
      pencil.beginPath();
      pencil.arc(x, y, radius, 0, 2 * Math.PI);
      pencil.fill();
    };
    const draw = () => {
      const background = pencil.createLinearGradient(0, 0, 640, 360);
      background.addColorStop(0, from);
      background.addColorStop(1, to);
      pencil.fillStyle = background;
      pencil.fillRect(0, 0, 640, 360);
      const sway = 6 * Math.sin(performance.now() / 600);
      pencil.fillStyle = 'rgba(255,255,255,0.9)';
      disc(320 + sway, 140, 62);
      pencil.beginPath();
      pencil.ellipse(320 + sway, 330, 130, 110, 0, Math.PI, 0);
      pencil.fill();
    };
    setInterval(draw, 33);
    const sound = stream.getAudioTracks();
    return new MediaStream([...canvas.captureStream(30).getVideoTracks(), ...sound]);
  };
}
