// Brings a source's wording into a form in which two deliveries of one row agree. Changing it needs a new fingerprint version.
const ASCII = /^\p{ASCII}*$/u;
const NOT_WORD = /[^\p{L}\p{N}]+/gu;
const NOT_WORD_ASCII = /[^a-z0-9]+/g;

/** Lower case, compatibility forms folded, words parted by one blank, everything but letters and digits gone. */
export function normaliseText(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase().replace(NOT_WORD_ASCII, ' ').trim();
  return text.normalize('NFKC').toLowerCase().replace(NOT_WORD, ' ').trim();
}

/**
 * How much two normalised texts share: common words by the smaller count of words, 0 to 1; 1 where one contains the other.
 * An empty text is like nothing.
 */
export function similarityOf(left: string, right: string): number {
  if (left === '' || right === '') return 0;
  if (left.includes(right) || right.includes(left)) return 1;
  const leftWords = new Set(left.split(' '));
  const rightWords = new Set(right.split(' '));
  const common = [...leftWords].filter((word) => rightWords.has(word)).length;
  return common / Math.min(leftWords.size, rightWords.size);
}
