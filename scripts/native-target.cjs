// Stands in for @neon-rs/load in the bundle. To tell glibc from musl that asks Node for a whole diagnostic report, which
// costs each command 5 ms. libsql, the only one to ask, corrects musl to glibc by itself.
exports.currentTarget = () => {
  const { platform, arch } = process;
  if (platform === 'linux') return arch === 'arm' ? 'linux-arm-gnueabihf' : `linux-${arch}-musl`;
  return platform === 'win32' ? `win32-${arch}-msvc` : `${platform}-${arch}`;
};

// Only for developers of libsql, who load what they have just built.
exports.load = () => null;
