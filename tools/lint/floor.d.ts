// What is newer than the library of tsconfig.json, and known to all browsers
// that the pages are made for.

interface Array<T> {
  findLast(is: (value: T, index: number, all: T[]) => unknown): T | undefined;
  findLastIndex(is: (value: T, index: number, all: T[]) => unknown): number;
}
