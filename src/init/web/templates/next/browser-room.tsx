'use client';

import dynamic from 'next/dynamic';

/** In the browser only: the server's button would be there before it can be clicked, and the SDK needs a browser. */
export const CallRoom = dynamic(() => import('./call-room.tsx').then(room => room.CallRoom), { ssr: false });
