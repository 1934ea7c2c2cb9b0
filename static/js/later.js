// The words of what loads later. Whatever loads later imports this module, and
// so begins when its words are there, and not without them.

import { loadLater } from './text.js';

/** A line that fails once may not fail twice, ms. */
const PAUSE = 500;

// In a test there is no page, and words come by use().
if (typeof document !== 'undefined') {
  await loadLater().catch(async () => {
    await new Promise((resolve) => { setTimeout(resolve, PAUSE); });
    await loadLater();
  });
}
