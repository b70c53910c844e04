/** Prints a list whole: page after page is read first, up to what fits on paper; then the browser's own dialogue. */
import { useEffect, useState } from 'react';

/** More rows than this are no paper for anybody; a workbook is. */
export const MOST_PRINTED = 2_000;

interface Pages {
  readonly hasNextPage: boolean;
  readonly isFetching: boolean;
  readonly isError: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
}

/** `printing` while pages are read; `print` begins. */
export function usePrintAll(pages: Pages, rows: number): { readonly printing: boolean; readonly print: () => void } {
  const [printing, setPrinting] = useState(false);
  const { hasNextPage, isFetching, isError, fetchNextPage } = pages;
  useEffect(() => {
    if (!printing || isFetching) return;
    if (!isError && hasNextPage && rows < MOST_PRINTED) {
      void fetchNextPage();
      return;
    }
    // After the rows are on the page.
    const timer = setTimeout(() => {
      if (!isError) window.print();
      setPrinting(false);
    });
    return () => clearTimeout(timer);
  }, [printing, hasNextPage, isFetching, isError, fetchNextPage, rows]);
  return { printing, print: () => setPrinting(true) };
}
