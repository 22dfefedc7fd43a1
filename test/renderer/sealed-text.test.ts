// The window's sealed texts hold the contract of the port, alone and against the vault's.
import { createSealedTexts as createVaultTexts } from '../../electron/adapters/crypto/hpke-sealed-texts.ts';
import { createSealedTexts } from '../../renderer/api/sealed-text.ts';
import { sealedTextContract } from '../contracts/sealed-text.ts';

sealedTextContract('the window alone', { create: createSealedTexts, other: createSealedTexts });
sealedTextContract('the window to the vault', { create: createSealedTexts, other: createVaultTexts });
sealedTextContract('the vault to the window', { create: createVaultTexts, other: createSealedTexts });
