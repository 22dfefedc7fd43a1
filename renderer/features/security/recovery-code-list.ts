// The recovery codes as the vault seals them: a JSON list of texts.
import { z } from 'zod';

export const RecoveryCodeList = z.array(z.string());
