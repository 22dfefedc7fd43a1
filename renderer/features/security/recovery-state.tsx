// Whether the recovery kit was proven; if not, two groups can be typed back here.
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { OfficeStatus } from '../../../shared/ipc/contract/office.ts';
import { security } from '../../text/security.ts';
import { ProveKit } from '../../ui/prove-kit.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';

const words = security.recovery;

/** Any two groups prove the paper; these are far apart. */
const ASKED = [1, 6] as [number, number];

export function RecoveryState({ status }: { readonly status: OfficeStatus }) {
  const [proving, setProving] = useState(false);
  if (status.recoveryProven === null) return null;
  if (status.recoveryProven) {
    return (
      <p className="sr-recovery">
        <StateBadge tone="good" word={words.proven} />
      </p>
    );
  }
  return (
    <div className="sr-recovery">
      <StateBadge tone="attention" word={words.unproven} />
      {proving ? (
        <ProveKit positions={ASKED} onProven={() => setProving(false)} />
      ) : (
        <Button size="compact-xs" variant="default" onClick={() => setProving(true)}>
          {words.prove}
        </Button>
      )}
    </div>
  );
}
