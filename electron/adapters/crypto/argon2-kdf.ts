// Argon2id with floors and ceilings that hold before any hashing, and its calibration. It reads no environment and keeps nothing.
import argon2 from 'argon2';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { KdfParameters, PasswordKdf } from '../../core/ports/key-derivation.ts';

const MIB = 1024;
/** @see security.md §2: floor 64 MiB/3/4, ceiling 1 GiB/10/16; RFC 9106 §4 second recommended option is the floor */
const FLOOR = { memoryKiB: 64 * MIB, passes: 3, lanes: 4 } as const;
const CEILING = { memoryKiB: 1024 * MIB, passes: 10, lanes: 16 } as const;
const MEMORY_STEPS = [64, 128, 256, 512].map((mebibytes) => mebibytes * MIB);
const TARGET_MS = { least: 500, most: 1000 } as const;

/** How long one derivation with that much memory takes, in milliseconds. */
export type MeasureKdf = (parameters: KdfParameters) => Promise<number>;

/** Hands a weak toy instead of Argon2id's real cost to tests. No entry point that ships passes it without being told on its command line. */
export const INSECURE_TEST_KDF: unique symbol = Symbol('INSECURE_TEST_KDF');

const TOY: KdfParameters = { algorithm: 'INSECURE_TEST_KDF', version: 19, memoryKiB: 64, passes: 1, lanes: 1 };

function withMemory(memoryKiB: number): KdfParameters {
  return { algorithm: 'argon2id', version: 19, memoryKiB, passes: FLOOR.passes, lanes: FLOOR.lanes };
}

/** The smallest step that takes half a second, but no step above the floor that takes more than a second. */
export async function calibrate(measure: MeasureKdf): Promise<KdfParameters> {
  let chosen = withMemory(FLOOR.memoryKiB);
  for (const memoryKiB of MEMORY_STEPS) {
    const tried = withMemory(memoryKiB);
    const elapsedMs = await measure(tried);
    if (elapsedMs <= TARGET_MS.most) chosen = tried;
    if (elapsedMs >= TARGET_MS.least) break;
  }
  return chosen;
}

function within(parameters: KdfParameters): boolean {
  return (['memoryKiB', 'passes', 'lanes'] as const).every(
    (name) => parameters[name] >= FLOOR[name] && parameters[name] <= CEILING[name],
  );
}

function isToy(parameters: KdfParameters): boolean {
  return (Object.keys(TOY) as (keyof KdfParameters)[]).every((name) => parameters[name] === TOY[name]);
}

async function argon2id(password: string, parameters: KdfParameters, salt: Uint8Array): Promise<Uint8Array> {
  const bytes = Buffer.from(password.normalize('NFKC'), 'utf8');
  try {
    return await argon2.hash(bytes, {
      raw: true,
      type: argon2.argon2id,
      version: parameters.version,
      memoryCost: parameters.memoryKiB,
      timeCost: parameters.passes,
      parallelism: parameters.lanes,
      hashLength: 32,
      salt: Buffer.from(salt),
    });
  } finally {
    bytes.fill(0);
  }
}

/**
 * Argon2id, version 1.3, 32 bytes. With `INSECURE_TEST_KDF` it calibrates to a toy and takes the toy's headers too; without it a toy's
 * header is refused like any other below the floor.
 * @see RFC 9106
 */
export function createArgon2Kdf(weakness?: typeof INSECURE_TEST_KDF): PasswordKdf {
  const toysAllowed = weakness === INSECURE_TEST_KDF;
  const salt = Buffer.alloc(16);

  function assertAllowed(parameters: KdfParameters): void {
    const allowed = parameters.algorithm === 'argon2id' ? within(parameters) : toysAllowed && isToy(parameters);
    if (allowed) return;
    const { algorithm, memoryKiB, passes, lanes } = parameters;
    throw new AppError('VAULT_KDF_REFUSED', { parameters: `${algorithm} m=${memoryKiB} t=${passes} p=${lanes}` });
  }

  async function measure(parameters: KdfParameters): Promise<number> {
    const start = performance.now();
    await argon2id('calibration', parameters, salt);
    return performance.now() - start;
  }

  return {
    assertAllowed,
    calibrate: () => (toysAllowed ? Promise.resolve(TOY) : calibrate(measure)),
    derive: async (password, parameters, slotSalt) => {
      assertAllowed(parameters);
      return await argon2id(password, parameters, slotSalt);
    },
  };
}
