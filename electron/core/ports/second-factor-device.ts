// A second factor whose output is an ingredient of a key: without it the key does not exist. CTAP2's `hmac-secret` is such a thing.
import type { OfficeId, UserId } from '../../../shared/model/ids.ts';

export interface DeviceCredential {
  /** What the device is shown again to find its secret; opaque, at most 2,000 characters. */
  readonly credentialId: string;
  /** The device's own name, for the screen. */
  readonly label: string;
}

/** Asked by the host: a device is plugged into the computer, the vault process has none. @see CTAP 2.2 §12.6 hmac-secret */
export interface SecondFactorDevice {
  /** The kind, for the screen: `FIDO2 security key`. */
  readonly kind: string;
  /** @throws {AppError} FACTOR_DEVICE_ABSENT, FACTOR_DEVICE_FAILED */
  enrol(owner: {
    readonly officeId: OfficeId;
    readonly userId: UserId;
    readonly userName: string;
  }): Promise<DeviceCredential>;
  /** The same 32 bytes for the same credential and 32-byte salt, and for no other. @throws {AppError} FACTOR_DEVICE_ABSENT, FACTOR_DEVICE_FAILED */
  derive(challenge: { readonly credentialId: string; readonly salt: Uint8Array }): Promise<Uint8Array>;
}
