// A state as icon and word; colour only repeats what they say. It decides no state.
import './state-badge.css';
import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CirclePause,
  Clock,
  Info,
  LoaderCircle,
  OctagonX,
  TriangleAlert,
  type LucideIcon,
} from 'lucide-react';
import type { HealthState } from '../../shared/ipc/contract/connections.ts';
import type { Proof } from '../../shared/model/source.ts';
import { healthMeanings, healthWords, proofMeanings, proofWords } from '../text/common.ts';

export type Tone = 'good' | 'info' | 'attention' | 'bad' | 'quiet';

export interface StateBadgeProps {
  readonly tone: Tone;
  readonly word: string;
  /** Overrides the tone's own icon. */
  readonly icon?: LucideIcon;
  /** The definition, shown on hover. */
  readonly meaning?: string;
}

const TONE_ICONS: Record<Tone, LucideIcon> = {
  good: CircleCheck,
  info: Info,
  attention: TriangleAlert,
  bad: CircleAlert,
  quiet: CircleDashed,
};

export function StateBadge({ tone, word, icon, meaning }: StateBadgeProps) {
  const Icon = icon ?? TONE_ICONS[tone];
  return (
    <span className="sr-badge" data-tone={tone} title={meaning}>
      <Icon className="sr-badge-icon" aria-hidden="true" size={14} strokeWidth={2.2} />
      {word}
    </span>
  );
}

const HEALTH: Record<HealthState, { readonly tone: Tone; readonly icon: LucideIcon }> = {
  healthy: { tone: 'good', icon: CircleCheck },
  working: { tone: 'info', icon: LoaderCircle },
  stale: { tone: 'attention', icon: Clock },
  limited: { tone: 'info', icon: Clock },
  'renewal-due': { tone: 'attention', icon: TriangleAlert },
  'needs-you': { tone: 'bad', icon: CircleAlert },
  blocked: { tone: 'bad', icon: OctagonX },
  paused: { tone: 'quiet', icon: CirclePause },
};

/** Health of a connection, or of the worst of a client's connections. */
export function HealthBadge({ state }: { readonly state: HealthState }) {
  return <StateBadge {...HEALTH[state]} word={healthWords[state]} meaning={healthMeanings[state]} />;
}

const PROOF_TONES: Record<Proof, Tone> = { pass: 'good', fail: 'bad', absent: 'quiet' };

/** Result of a continuity proof. */
export function ProofBadge({ proof }: { readonly proof: Proof }) {
  return <StateBadge tone={PROOF_TONES[proof]} word={proofWords[proof]} meaning={proofMeanings[proof]} />;
}
