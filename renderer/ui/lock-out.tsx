// The wait after too many wrong tries: a live countdown for the eye, minutes for screen readers. At its end the program is asked again.
import './lock-out.css';
import { Hourglass } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useCall } from '../api/query.ts';
import { wait as words } from '../text/unlock.ts';

const SECOND_MS = 1000;

function clockFace(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

/** Seconds left, counted from when the program last said how many there are. */
function useSecondsLeft(waitSeconds: number): number {
  const status = useCall('office', 'status', {});
  const { refetch, dataUpdatedAt } = status;
  const [now, setNow] = useState(Date.now);
  const left = Math.max(0, waitSeconds - Math.floor((Math.max(now, dataUpdatedAt) - dataUpdatedAt) / SECOND_MS));
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  const over = left === 0;
  useEffect(() => {
    if (over) void refetch();
  }, [over, refetch]);
  return left;
}

export interface LockOutProps {
  readonly waitSeconds: number;
  /** Whether others may sign in meanwhile. */
  readonly others?: boolean;
}

export function LockOut({ waitSeconds, others = false }: LockOutProps) {
  const left = useSecondsLeft(waitSeconds);
  // Above five minutes only every fifth is told, so that nobody is read a clock.
  const minutes = left > 300 ? Math.ceil(left / 300) * 5 : Math.ceil(left / 60);
  return (
    <section className="sr-wait" aria-label={words.title}>
      <p className="sr-wait-title">
        <Hourglass size={16} aria-hidden="true" /> {words.title}
      </p>
      <p className="sr-wait-clock" aria-hidden="true">
        {clockFace(left)}
      </p>
      <p className="sr-visually-hidden" role="status">
        {words.about(left < 60 ? 0 : minutes)}
      </p>
      <p className="sr-quiet">{words.text}</p>
      {others && <p className="sr-quiet">{words.others}</p>}
    </section>
  );
}
