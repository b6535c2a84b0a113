/** For blurred and replaced backgrounds; three seconds after its start SDK 4 adds each that the page does not have. */
const EXTRAS = ['tflite', 'tflite-simd', 'rnnoise'].map(
  name => `https://cdn.cometchat.io/calls/v3/${name}.js`,
);
const FONT = /@import\s+url\(https:\/\/fonts\.googleapis\.com[^)]*\);?/g;

/**
 * Keeps SDK 4 from asking other hosts while it runs for the first time. The page's policy would block them anyway, with an
 * error in every visitor's console; and no visitor is to be told to Google for the sake of a font. Returns what ends it.
 */
export function keepToOurselves(document: Document, offline: boolean): () => void {
  if (offline) for (const src of EXTRAS) document.body.append(inertScript(document, src));
  // Its style loader makes the text of every style sheet with this.
  const { createTextNode } = document;
  document.createTextNode = text => createTextNode.call(document, String(text).replace(FONT, ''));
  return () => {
    document.createTextNode = createTextNode;
  };
}

/** There, as far as a selector can tell, and never fetched: its type is no script's (HTML, 4.12.1). */
function inertScript(document: Document, src: string): HTMLScriptElement {
  const script = document.createElement('script');
  script.type = 'text/plain';
  script.src = src;
  return script;
}
