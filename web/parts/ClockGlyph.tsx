/** A clock at a glance: how much is used, how urgent, stopped or over. Its name is the words beside it. */
import { standingWords, type Standing } from '../words/dates.ts';

const LENGTH = 2 * Math.PI * 7;
const RING: Readonly<Record<string, string>> = { blue: 'var(--blue-mark)', yellow: 'var(--yellow-mark)' };

interface GlyphProps {
  readonly standing: Standing;
  readonly size?: 16 | 20;
}

export function ClockGlyph({ standing, size = 20 }: GlyphProps) {
  const { status, over, used, urgency, provisional } = standing;
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" role="img" aria-label={standingWords(standing)}>
      {status !== 'ended' && over !== null ? (
        <>
          <circle cx="10" cy="10" r="8.5" fill="var(--red-mark)" />
          <path d="M10 5.4v5.8" stroke="#fff" strokeWidth="2" strokeLinecap="round" />
          <circle cx="10" cy="14.2" r="1.2" fill="#fff" />
        </>
      ) : status === 'ended' ? (
        <>
          <circle cx="10" cy="10" r="7.5" fill="none" stroke="var(--grey-mark)" strokeWidth="1.2" />
          <path
            d="M6.8 10.2l2.2 2.2 4.2-4.6"
            fill="none"
            stroke="var(--grey-mark)"
            strokeWidth="1.4"
            strokeLinecap="round"
          />
        </>
      ) : (
        <>
          <circle
            cx="10"
            cy="10"
            r="7"
            fill="none"
            stroke="var(--line-2)"
            strokeWidth="2.6"
            {...(provisional ? { strokeDasharray: '2.2 2.2' } : {})}
          />
          <circle
            cx="10"
            cy="10"
            r="7"
            fill="none"
            stroke={RING[urgency ?? ''] ?? 'var(--grey-mark)'}
            strokeWidth="2.6"
            strokeDasharray={`${used * LENGTH} ${LENGTH}`}
            transform="rotate(-90 10 10)"
          />
          {status === 'stopped' && (
            <path d="M8.3 7.2v5.6M11.7 7.2v5.6" stroke="var(--ink-2)" strokeWidth="1.8" strokeLinecap="round" />
          )}
        </>
      )}
    </svg>
  );
}
