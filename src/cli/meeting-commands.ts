// The commands that need no more than the store, in one module: they are small, and each module that Node loads
// costs a millisecond of start-up.
export { create } from './create.ts';
export { end } from './end.ts';
export { extend } from './extend.ts';
export { invite } from './invite.ts';
export { list } from './list.ts';
export { kick, revoke } from './removal.ts';
export { rotate } from './rotate.ts';
export { show } from './show.ts';
