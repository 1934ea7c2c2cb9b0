// The words of what loads later. Whatever loads later imports this module, and
// so begins when its words are there.

import { loadLater } from './text.js';

// In a test there is no page, and words come by use().
if (typeof document !== 'undefined') {
  try {
    await loadLater();
  } catch {
    // What is loaded says its keys instead of words, which is better than nothing.
  }
}
