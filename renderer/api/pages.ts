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

/** First and last page around the rows `first` to `last`: those they are on, and a neighbour that is nearer than half a page. */
export function pagesAround(first: number, last: number): readonly [number, number] {
  return [Math.max(0, Math.floor((first - PAGE_SIZE / 2) / PAGE_SIZE)), Math.floor((last + PAGE_SIZE / 2) / PAGE_SIZE)];
}

function offsetsOf([from, to]: readonly [number, number], total: number): number[] {
  const offsets = Array.from({ length: to - from + 1 }, (_, index) => (from + index) * PAGE_SIZE);
  return offsets.filter((offset) => offset > 0 && offset < total);
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
  const [around, setAround] = useState<readonly [number, number]>([0, 0]);
  // The same pair again is no news: a scroll within its pages draws nothing but the table.
  const onRange = useCallback((first: number, last: number) => {
    const next = pagesAround(first, last);
    setAround((now) => (now[0] === next[0] && now[1] === next[1] ? now : next));
  }, []);
  const head = useQuery({ ...pageQuery(source, 0), placeholderData: keepPreviousData });
  const total = head.data?.total ?? 0;
  const [settled] = useDebouncedValue(around, SCROLL_SETTLES_MS);
  const offsets = offsetsOf(settled, total);
  const pages = useQueries({ queries: offsets.map((offset) => pageQuery(source, offset)) });
  const rowAt = (index: number): P['rows'][number] | undefined => {
    const offset = index - (index % PAGE_SIZE);
    const page = offset === 0 ? head.data : pages[offsets.indexOf(offset)]?.data;
    return page?.rows[index - offset];
  };
  const failed = [head, ...pages].find((page) => page.isError);
  return { head, total, rowAt, onRange, error: failed?.error ?? null, retry: () => void failed?.refetch() };
}
