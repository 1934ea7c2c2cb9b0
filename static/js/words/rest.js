// The rest of the words: what the first picture does without. Whatever says any
// of them imports this module, and so begins when they are there, and not before.

import { loadRest } from './text.js';

/** A line that fails once may not fail twice, ms. */
const PAUSE = 500;

// In a test there is no page, and words come by use().
if (typeof document !== 'undefined') {
  await loadRest().catch(async () => {
    await new Promise((resolve) => { setTimeout(resolve, PAUSE); });
    await loadRest();
  });
}
