// The page of a lesson is laid out as it will be before its scripts have come:
// one step, and the place of the stage beside it, so that nothing moves when
// they do. A classic script, so that this is so in the first picture.

(() => {
  const { dataset } = document.documentElement;
  // Where they do not come within this time (ms), all of it is there to be read.
  const PATIENCE = 20_000;
  const read = () => {
    if (dataset.lesson === 'soon') delete dataset.lesson;
  };
  dataset.lesson = 'soon';
  if (location.hash === '') dataset.atStart = '';
  addEventListener('error', (event) => {
    if (event.target === window || event.target instanceof HTMLScriptElement) read();
  }, true);
  setTimeout(read, PATIENCE);
})();
