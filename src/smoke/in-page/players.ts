// The elements that play streams, wherever they are: in a shadow tree, and in no document at all (`new Audio()`).
const players: WeakRef<HTMLMediaElement>[] = [];
const known = new WeakSet<HTMLMediaElement>();
/** Remote audio that the page gave to an AudioContext of its own: what it makes of it cannot be seen. */
const mixed = new WeakSet<MediaStreamTrack>();

/** Before the page's own scripts, and after our own ear has taken the function that it needs. */
export function watchPlayers(): void {
  watchElements();
  watchMixers();
}

/** The videos in the page, in sight or not, and the streams in them. */
export function videosInPage(): [HTMLVideoElement, MediaStream][] {
  return playing().filter(
    (pair): pair is [HTMLVideoElement, MediaStream] =>
      pair[0] instanceof HTMLVideoElement && pair[0].isConnected,
  );
}

/** Whether a track comes out of the loudspeaker, as far as the page decides that. */
export function isAudible(track: MediaStreamTrack): boolean {
  if (mixed.has(track)) return true;
  return playing().some(
    ([player, stream]) =>
      !player.muted &&
      player.volume > 0 &&
      !player.paused &&
      stream.getAudioTracks().some(({ id }) => id === track.id),
  );
}

function playing(): [HTMLMediaElement, MediaStream][] {
  return players.flatMap(reference => {
    const player = reference.deref();
    return player?.srcObject instanceof MediaStream
      ? [[player, player.srcObject] as [HTMLMediaElement, MediaStream]]
      : [];
  });
}

/** Drawn, not transparent, and at a place that one can scroll to. Makes the browser lay the page out. */
export function isVisible(video: HTMLVideoElement): boolean {
  if (!video.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
  const { width, height, right, bottom } = video.getBoundingClientRect();
  return width > 1 && height > 1 && right + scrollX > 0 && bottom + scrollY > 0;
}

function watchElements(): void {
  const { prototype } = HTMLMediaElement;
  const property = Object.getOwnPropertyDescriptor(prototype, 'srcObject');
  if (!property?.set) return;
  const { set } = property;
  Object.defineProperty(prototype, 'srcObject', {
    ...property,
    set(this: HTMLMediaElement, stream: MediaProvider | null) {
      if (!known.has(this)) {
        known.add(this);
        players.push(new WeakRef(this));
      }
      set.call(this, stream);
    },
  });
}

function watchMixers(): void {
  const { createMediaStreamSource: create } = AudioContext.prototype;
  AudioContext.prototype.createMediaStreamSource = function (stream) {
    for (const track of stream.getAudioTracks()) mixed.add(track);
    return create.call(this, stream);
  };
}
