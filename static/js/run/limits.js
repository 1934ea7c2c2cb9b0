// Numbers that the server has, too: a test there holds them equal. Pure.

/** The most worlds beside the page's own. */
export const MAX_BESIDE = 2;

/** The most workers that the grammar allows. */
export const MAX_WORKERS = 16;

/** The longest headline and note of an author, characters. */
export const MAX_HEADLINE = 80;
export const MAX_NOTE = 240;

/** The last moment of a run, virtual µs. */
export const MAX_TIME = 24 * 3600e6;

/** The paces at which a run can be watched: virtual seconds in a second. */
export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8];
