// A long list read in pages: only the pages around what is visible are asked for and kept. It never holds a whole ledger.
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import { useCallback, useState } from 'react';

export const PAGE_SIZE = 200;
const SCROLL_SETTLES_MS = 40;
const KEPT_MS = 60_000;

interface Page {
  readonly rows: readonly unknown[];
  readonly total: number;
}

export interface PageSource<P extends Page> {
  /** Cache key of the list; the offset is added. */
  readonly key: readonly unknown[];
  load(offset: number, limit: number): Promise<P>;
}

/** Offsets of the pages that hold the rows `first` to `last`, and of the nearest neighbour, within `total` rows. */
export function offsetsFor(first: number, last: number, total: number): number[] {
  const lastPage = Math.max(0, Math.ceil(total / PAGE_SIZE) - 1);
  const from = Math.max(0, Math.floor((first - PAGE_SIZE / 2) / PAGE_SIZE));
  const to = Math.min(lastPage, Math.floor((last + PAGE_SIZE / 2) / PAGE_SIZE));
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => (from + index) * PAGE_SIZE);
}

function pageQuery<P extends Page>(source: PageSource<P>, offset: number) {
  return {
    queryKey: [...source.key, { offset }],
    queryFn: () => source.load(offset, PAGE_SIZE),
    gcTime: KEPT_MS,
  };
}

/** The first page (with the list's totals), a row by its index where it has arrived, and what went wrong. `onRange` hears what is in sight. */
export function usePages<P extends Page>(source: PageSource<P>) {
  const [[first, last], setRange] = useState<readonly [number, number]>([0, 0]);
  const onRange = useCallback((from: number, to: number) => setRange([from, to]), []);
  const head = useQuery({ ...pageQuery(source, 0), placeholderData: keepPreviousData });
  const total = head.data?.total ?? 0;
  const [wanted] = useDebouncedValue(offsetsFor(first, last, total).join(), SCROLL_SETTLES_MS);
  const offsets = wanted
    .split(',')
    .map(Number)
    .filter((offset) => offset > 0 && offset < total);
  const pages = useQueries({ queries: offsets.map((offset) => pageQuery(source, offset)) });
  const rowAt = (index: number): P['rows'][number] | undefined => {
    const offset = index - (index % PAGE_SIZE);
    const page = offset === 0 ? head.data : pages[offsets.indexOf(offset)]?.data;
    return page?.rows[index - offset];
  };
  const failed = [head, ...pages].find((page) => page.isError);
  return { head, total, rowAt, onRange, error: failed?.error ?? null, retry: () => void failed?.refetch() };
}
