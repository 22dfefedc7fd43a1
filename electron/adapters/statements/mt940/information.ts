// What field 86 or NS says about an entry, whichever habit its bank follows. It holds no amounts and no dates.

/** `text` says what the entry is for; `code` is the bank's own code of its kind. All texts are decoded. */
export interface Information {
  readonly text: string;
  readonly counterparty: string | null;
  readonly counterpartyAccount: string | null;
  readonly endToEndId: string | null;
  readonly code: string | null;
}
