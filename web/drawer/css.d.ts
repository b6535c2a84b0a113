/** The build hands a style sheet over as its text. */
declare module '*.css' {
  const text: string;
  // biome-ignore lint/style/noDefaultExport: that is how esbuild hands it over
  export default text;
}
