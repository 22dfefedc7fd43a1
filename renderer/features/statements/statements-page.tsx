// Statements: the grid of accounts and months, or the proof of one account. Which one is in the address.
import './statements.css';
import { useHashSearch } from '../../app/hash-location.ts';
import { CoveragePage } from './coverage-page.tsx';
import { ProofPage } from './proof-page.tsx';
import { readProof } from './statement-address.ts';
import { today } from './today.ts';

export function StatementsPage() {
  const parameters = new URLSearchParams(useHashSearch());
  const proof = readProof(parameters, today());
  return proof === null ? <CoveragePage parameters={parameters} /> : <ProofPage view={proof} />;
}
