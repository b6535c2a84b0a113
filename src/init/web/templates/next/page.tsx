import { CallRoom } from './browser-room.tsx';

/** `/meet/<id>`: the room of one meeting. Whoever opens it is asked for by the server when they join. */
export default async function MeetPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <CallRoom meetingId={id} />;
}
