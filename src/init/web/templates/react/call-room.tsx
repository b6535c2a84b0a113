import { useEffect, useRef, useState } from 'react';
import { describeProblem, joinMeeting } from './join-meeting.ts';
import './call-room.css';

type Stage = 'lobby' | 'joining' | 'joined' | 'left' | 'failed';

/** The room of one meeting: a lobby, the call, and what comes after it. */
export function CallRoom({ meetingId }: { meetingId: string }) {
  const container = useRef<HTMLDivElement>(null);
  const [stage, setStage] = useState<Stage>('lobby');
  const [problem, setProblem] = useState('');
  const inMeeting = stage === 'joining' || stage === 'joined';

  // It hangs on a state that a click sets: StrictMode runs effects twice when they mount, and would leave while it joins.
  useEffect(() => {
    if (!inMeeting || !container.current) return;
    const leaving = new AbortController();
    joinMeeting(meetingId, {
      container: container.current,
      signal: leaving.signal,
      onOver: () => setStage('left'),
    }).then(
      () => setStage('joined'),
      error => {
        if (leaving.signal.aborted) return;
        setProblem(describeProblem(error));
        setStage('failed');
      },
    );
    return () => leaving.abort();
  }, [inMeeting, meetingId]);

  return (
    <>
      {/* Always here, and as large as the window: where it has no size the SDK shows nothing. */}
      <div ref={container} style={{ position: 'fixed', top: 0, left: 0, width: '100vw', height: '100vh' }} />
      {stage !== 'joined' && (
        <main className="meet-lobby">
          <h1>Meeting</h1>
          <p role="status">
            {stage === 'joining' && 'Joining …'}
            {stage === 'left' && 'You left the meeting.'}
            {stage === 'failed' && problem}
          </p>
          {(stage === 'lobby' || stage === 'left') && (
            <button type="button" onClick={() => setStage('joining')}>
              {stage === 'lobby' ? 'Join' : 'Join again'}
            </button>
          )}
          {/* With a fresh page: nobody knows how far the SDK got. */}
          {stage === 'failed' && (
            <button type="button" onClick={() => window.location.reload()}>
              Try again
            </button>
          )}
        </main>
      )}
    </>
  );
}
