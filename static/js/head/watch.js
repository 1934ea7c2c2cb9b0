// Says what is wrong where the page itself cannot: that it is still on its way,
// that a part of it did not come, that the browser is too old for it. The
// sentences stand in the HTML. A classic script of old words, so that it runs
// where the modules do not.

(function () {
  /** After so long (ms) a page says that it is still on its way. */
  var SLOW = 6000;

  /** What is said; the later of two. */
  var ORDER = ['', 'slow', 'broken', 'old'];

  var root = document.documentElement;
  var said = '';

  /** @param {string} what one of ORDER */
  function say(what) {
    var notice = /** @type {HTMLElement | null} */ (document.querySelector('.watch'));
    if (!notice) {
      setTimeout(say, 50, what); // its place is still on its way
      return;
    }
    said = what;
    notice.hidden = !what;
    notice.querySelectorAll('p').forEach(function (p) { p.hidden = p.className !== what; });
  }

  /** @param {string} what as long as nothing worse was said */
  function warn(what) {
    if (ORDER.indexOf(what) > ORDER.indexOf(said)) say(what);
  }

  // What did not come: events of elements do not bubble, so they are caught on their way down.
  addEventListener('error', function (event) {
    var from = event.target;
    var part = from instanceof HTMLScriptElement || (from instanceof HTMLLinkElement && from.rel === 'stylesheet');
    if (part || 'loading' in root.dataset || /\/static\/js\//.test(event.filename)) warn('broken');
  }, true);

  // What was to come later, and nobody else says so.
  addEventListener('unhandledrejection', function (event) {
    if (!event.reason || event.reason.name !== 'AbortError') warn('broken');
  });

  addEventListener('click', function (event) {
    var button = /** @type {Element} */ (event.target).closest('.watch button');
    if (!button) return;
    if (button.className === 'again') location.reload();
    else say('');
  });

  root.dataset.loading = '';
  var timer = setTimeout(warn, SLOW, 'slow');
  ['procession-app', 'procession-lesson', 'procession-course'].forEach(function (name) {
    customElements.whenDefined(name).then(function () {
      clearTimeout(timer);
      delete root.dataset.loading;
      if (said === 'slow') say('');
    });
  });
  if (!('findLast' in Array.prototype && 'structuredClone' in window && 'HTMLDialogElement' in window && 'CSSLayerBlockRule' in window)) warn('old');
})();
