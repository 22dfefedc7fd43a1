// INSECURE: a second-factor device in the memory of a test. Its secrets are kept no better than any other variable; nothing of the product imports it.
import { createHmac, randomBytes } from 'node:crypto';
import { AppError } from '../../shared/errors/app-error.ts';
import type { DeviceCredential, SecondFactorDevice } from '../../electron/core/ports/second-factor-device.ts';

/** A secret a credential, HMAC-SHA-256 over the salt: what `hmac-secret` computes inside a real device. @see CTAP 2.2 §12.6 */
export class InsecureSoftwareDevice implements SecondFactorDevice {
  readonly kind = 'INSECURE software device';
  /** False while it is pulled out. */
  isPlugged = true;
  /** False while nobody touches it: it gives up. */
  isTouched = true;
  /** Credentials it was asked for, in order. */
  readonly asked: string[] = [];
  readonly #secrets = new Map<string, Buffer>();

  async enrol({ userName }: Parameters<SecondFactorDevice['enrol']>[0]): Promise<DeviceCredential> {
    this.#assertReady();
    const credentialId = randomBytes(48).toString('base64url');
    this.#secrets.set(credentialId, randomBytes(32));
    return await Promise.resolve({ credentialId, label: `INSECURE software device of ${userName}` });
  }

  async derive({ credentialId, salt }: Parameters<SecondFactorDevice['derive']>[0]): Promise<Uint8Array> {
    this.asked.push(credentialId);
    this.#assertReady();
    const secret = this.#secrets.get(credentialId);
    if (!secret) throw new AppError('FACTOR_DEVICE_ABSENT');
    if (salt.length !== 32) throw new AppError('FACTOR_DEVICE_FAILED');
    return await Promise.resolve(new Uint8Array(createHmac('sha256', secret).update(salt).digest()));
  }

  #assertReady(): void {
    if (!this.isPlugged) throw new AppError('FACTOR_DEVICE_ABSENT');
    if (!this.isTouched) throw new AppError('FACTOR_DEVICE_FAILED');
  }
}
