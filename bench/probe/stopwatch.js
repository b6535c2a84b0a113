// In every page of the bench, with the probe and without: milliseconds from Join to the first frame of somebody else.
(() => {
  const LIMIT_MS = 20_000;
  let joinedAt = 0;
  const watched = new WeakSet();

  window.__firstFrame = new Promise((resolve, reject) => {
    const watch = video => {
      if (watched.has(video)) return;
      watched.add(video);
      video.requestVideoFrameCallback(now => resolve(now - joinedAt));
    };
    addEventListener(
      'click',
      ({ target, timeStamp }) => {
        if (joinedAt || !target.closest?.('#join')) return;
        joinedAt = timeStamp;
        setTimeout(() => reject(new Error('nobody was seen')), LIMIT_MS);
      },
      true,
    );
    // SDK v4 names the source of each remote picture, and mirrors the local one.
    new MutationObserver(() => {
      for (const video of document.querySelectorAll('video[cc-source-name]:not(.flipped-video)'))
        watch(video);
    }).observe(document, { childList: true, subtree: true, attributes: true });
  });
  window.__firstFrame.catch(() => {});
})();
