// Light, dark or for a projector: as the system says, unless this reader chose.
// A classic script, so that the page never flashes in the wrong one.

(() => {
  try {
    const chosen = localStorage.getItem('procession-theme');
    if (chosen === 'projector') {
      const link = document.createElement('link');
      link.rel = 'stylesheet';
      link.href = '/static/css/present.css';
      document.head.append(link);
    }
    if (chosen === 'light' || chosen === 'dark' || chosen === 'projector') document.documentElement.dataset.theme = chosen;
  } catch {
    // No storage: the system decides.
  }
})();
