// Whether a password may protect a user of this office: the rules of the pure rater with what the vault knows of her.
import { minimumPasswordLength, ratePassword, requireAcceptablePassword } from '../office/password-strength.ts';
import type { PasswordStrength } from '../../../shared/ipc/contract/office.ts';
import type { SealedText } from '../../../shared/model/sealed-text.ts';
import type { VaultServices } from './services.ts';

/** For whom a password is meant. */
export interface PasswordOwner {
  readonly officeName: string;
  readonly userName: string;
  /** True where a code or a device is asked besides. */
  readonly secondFactor: boolean;
  /** True where the device secret is an ingredient of the key. */
  readonly deviceBound: boolean;
}

export interface ChosenPassword {
  readonly password: string;
  /** True where it is long enough without a second factor. */
  readonly standsAlone: boolean;
}

const lengthAlone = minimumPasswordLength({ secondFactor: false, deviceBound: true });

/** Opens and judges a new password. @throws {AppError} SESSION_PASSWORD_*, SESSION_SECRET_STALE */
export async function openNewPassword(
  services: Pick<VaultServices, 'sealedTexts' | 'passwords'>,
  sealed: SealedText,
  { officeName, userName, ...owner }: PasswordOwner,
): Promise<ChosenPassword> {
  const password = await services.sealedTexts.open('new-password', sealed);
  const minimumLength = minimumPasswordLength(owner);
  requireAcceptablePassword(services.passwords, { password, officeName, userName, minimumLength });
  return { password, standsAlone: Array.from(password.normalize('NFKC')).length >= lengthAlone };
}

/** Rates a password while it is being typed. */
export async function rateNewPassword(
  services: Pick<VaultServices, 'sealedTexts' | 'passwords'>,
  sealed: SealedText,
  { officeName, userName, ...owner }: PasswordOwner,
): Promise<PasswordStrength> {
  const password = await services.sealedTexts.open('new-password', sealed);
  return ratePassword(services.passwords, {
    password,
    officeName,
    userName,
    minimumLength: minimumPasswordLength(owner),
  });
}
