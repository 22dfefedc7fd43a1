// Facts as a list: state as icon, what it is worth, the step that makes it stronger.
import { CircleAlert, CircleCheck, CircleDashed, Info, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { factTones } from '../../text/protection-facts.ts';
import type { Tone } from '../../ui/state-badge.tsx';
import type { ProtectionFact } from './protection-facts.ts';

const ICONS: Readonly<Record<Tone, LucideIcon>> = {
  good: CircleCheck,
  info: Info,
  attention: TriangleAlert,
  bad: CircleAlert,
  quiet: CircleDashed,
};

export interface FactListProps {
  readonly facts: readonly ProtectionFact[];
  readonly stepOf: (fact: ProtectionFact) => ReactNode;
}

export function FactList({ facts, stepOf }: FactListProps) {
  if (facts.length === 0) return null;
  return (
    <ul className="sr-fact-list">
      {facts.map((fact) => {
        const Icon = ICONS[fact.tone];
        return (
          <li key={fact.title} data-tone={fact.tone}>
            <Icon size={16} aria-label={factTones[fact.tone]} role="img" />
            <div>
              <p className="sr-fact-title">{fact.title}</p>
              <p className="sr-quiet">{fact.text}</p>
            </div>
            {stepOf(fact)}
          </li>
        );
      })}
    </ul>
  );
}
